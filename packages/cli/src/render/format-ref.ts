/** `default/Deployment/web`, as commands take it. */
export function refText(ref: {
  readonly kind: string;
  readonly namespace?: string | null;
  readonly name: string;
}): string {
  const namespace = ref.namespace ?? "";
  return `${namespace === "" ? "" : `${namespace}/`}${ref.kind}/${ref.name}`;
}
