/** `Deployment default/web`, `Namespace web`: how messages call an object. */
export function nameOf(kind: string, namespace: string | undefined, name: string): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
