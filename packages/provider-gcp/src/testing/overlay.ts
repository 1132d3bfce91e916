/** Lays members over a rendered object; `undefined` takes one away. */
export function overlay(
  rendered: Readonly<Record<string, unknown>>,
  wire: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries({ ...rendered, ...wire }).filter(([, value]) => value !== undefined));
}
