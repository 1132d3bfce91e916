/** One path of a REST service: segments in braces take any one segment, percent-decoded. */
export interface EmulatorRoute<T> {
  readonly method: string;
  /** E.g. `/v1/projects/{project}/locations/{location}/clusters`. */
  readonly path: string;
  readonly target: T;
}

export type RouteMatch<T> =
  | { readonly kind: "found"; readonly target: T; readonly params: Readonly<Record<string, string>> }
  /** The path is known, for other methods. */
  | { readonly kind: "method"; readonly allowed: readonly string[] }
  | { readonly kind: "path" };

/**
 * Finds the route of a request; the first that fits wins.
 * With `ignoreCase` fixed segments match in any case, as in Azure; parameters keep what was sent.
 */
export function matchRoute<T>(
  routes: readonly EmulatorRoute<T>[],
  request: { readonly method: string; readonly path: string },
  options: { readonly ignoreCase?: boolean } = {},
): RouteMatch<T> {
  const segments = request.path.split("/");
  const fitting = routes.flatMap((route) => {
    const params = paramsOf(route.path.split("/"), segments, options.ignoreCase ?? false);
    return params === undefined ? [] : [{ route, params }];
  });
  const found = fitting.find(({ route }) => route.method === request.method);
  if (found !== undefined) return { kind: "found", target: found.route.target, params: found.params };
  return fitting.length === 0
    ? { kind: "path" }
    : { kind: "method", allowed: [...new Set(fitting.map(({ route }) => route.method))] };
}

function paramsOf(
  pattern: readonly string[],
  segments: readonly string[],
  ignoreCase: boolean,
): Readonly<Record<string, string>> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? "";
    const name = /^\{(\w+)\}(:\w+)?$/.exec(part);
    if (name === null) {
      if (part !== segment && !(ignoreCase && part.toLowerCase() === segment.toLowerCase())) return undefined;
      continue;
    }
    const [, key = "", verb = ""] = name;
    const value = segment.endsWith(verb) ? decode(segment.slice(0, segment.length - verb.length)) : undefined;
    if (value === undefined || value === "") return undefined;
    params[key] = value;
  }
  return params;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
