import { isJsonObject } from "@flotilla/core";

/** What the documents of the query protocols and of EC2 begin with when they are errors. */
const XML_ERROR = /^<(ErrorResponse\b|Response\b[^>]*>\s*<Errors\b)/;
/** Some services name the shape of a good answer too. */
const RESULT = /(Response|Result|Output)$/;

/**
 * Whether a body is an error in one of AWS's protocols, whatever status it came with. `errorType` is the header in which the
 * REST services name the error, empty where it is missing.
 */
export function isErrorDocument(body: Buffer, errorType: string): boolean {
  if (errorType !== "") return true;
  const head = body.toString("utf8", 0, ERROR_BYTES_MAX);
  const xml = withoutProlog(head);
  if (xml.startsWith("<")) return XML_ERROR.test(xml);
  const type = head.includes('"__type"') ? typeOf(head) : undefined; // what is no error need not be parsed twice
  return type !== undefined && !RESULT.test(type);
}

/** No error is larger, and a part of what is larger is no JSON. */
const ERROR_BYTES_MAX = 65_536;

/** What may stand before the first element, skipped piece by piece: a pattern for all of it can take for ever. */
function withoutProlog(text: string): string {
  let rest = text.trimStart();
  for (;;) {
    const end = rest.startsWith("<?") ? "?>" : rest.startsWith("<!--") ? "-->" : undefined;
    const at = end === undefined ? -1 : rest.indexOf(end);
    if (end === undefined || at < 0) return rest;
    rest = rest.slice(at + end.length).trimStart();
  }
}

function typeOf(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    const type = isJsonObject(body) ? body["__type"] : undefined;
    return typeof type === "string" ? type : undefined;
  } catch {
    return undefined; // the SDK says what it misses in it
  }
}
