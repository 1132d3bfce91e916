/** What a request is about, read from its method and path alone. */
export interface RequestInfo {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** `get list watch create update patch delete deletecollection`, or the lower-case method of a path that is no resource. */
  readonly verb: string;
  readonly isResource: boolean;
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
}

/** Reads `/apis/GROUP/VERSION[/namespaces/NS]/PLURAL[/NAME[/SUBRESOURCE]]` and `/api/VERSION/…`. */
export function parseRequest(method: string, url: string): RequestInfo {
  const { pathname, searchParams: query } = new URL(url, "http://server");
  const parts = pathname
    .split("/")
    .filter((part) => part !== "")
    .map(decodeURIComponent);
  const base = { method, path: pathname, query };
  const place = locate(parts);
  if (place === undefined) {
    const none = { group: "", version: "", plural: "", subresource: "", namespace: "", name: "" };
    return { ...base, ...none, verb: method.toLowerCase(), isResource: false };
  }
  return { ...base, ...place, verb: verbOf(method, place.name, query), isResource: true };
}

type Place = Pick<RequestInfo, "group" | "version" | "plural" | "subresource" | "namespace" | "name">;

function locate(parts: readonly string[]): Place | undefined {
  const isCore = parts[0] === "api";
  const [group = "", version, ...rest] = isCore ? ["", ...parts.slice(1)] : parts.slice(1);
  if ((parts[0] !== "apis" && !isCore) || version === undefined || rest.length === 0) return undefined;
  const inNamespace = rest[0] === "namespaces" && rest.length >= 3 && rest[2] !== "status" && rest[2] !== "finalize";
  const [plural = "", name = "", ...below] = inNamespace ? rest.slice(2) : rest;
  // A namespace is its own namespace, as the authorizer of the real server sees it.
  const namespace = inNamespace ? (rest[1] ?? "") : isCore && plural === "namespaces" ? name : "";
  return { group, version, plural, subresource: below.join("/"), namespace, name };
}

function verbOf(method: string, name: string, query: URLSearchParams): string {
  switch (method) {
    case "POST":
      return "create";
    case "PUT":
      return "update";
    case "PATCH":
      return "patch";
    case "DELETE":
      return name === "" ? "deletecollection" : "delete";
    default:
      if (query.get("watch") === "true" || query.get("watch") === "1") return "watch";
      return name === "" ? "list" : "get";
  }
}
