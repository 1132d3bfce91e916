import { CloudError } from "@flotilla/core";

/**
 * A connection that did not stand, or broke before the answer was whole, in our words. `undefined` for what is no failure of a
 * connection: a bug, or an abort. The error's own text is not told: it can quote what was sent.
 */
export function connectionFailure(error: unknown, host: string): CloudError | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = codesOf(error).find(isOfConnection) ?? (error.name === "TimeoutError" ? error.name : undefined);
  if (code === undefined) return undefined;
  return new CloudError("transient", `aws: no answer from ${host} (${code}): ${adviceFor(code)}`, { code, status: 0 });
}

/** Where several addresses of a host were tried, each has an error of its own, and the one around them may have no code. */
function codesOf(error: Error): readonly string[] {
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  return [error, ...(inner as readonly unknown[])].flatMap((one) =>
    one instanceof Error && "code" in one && typeof one.code === "string" ? [one.code] : [],
  );
}

function isOfConnection(code: string): boolean {
  return CONNECTION_CODES.has(code) || CONNECTION_FAMILIES.test(code);
}

/** Source: Node, common system errors and `dns` error codes; aws-sdk-js-v3 NODEJS_NETWORK_ERROR_CODES. */
const CONNECTION_CODES: ReadonlySet<string> = new Set([
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "EPROTO",
  "ETIMEDOUT",
  "EADDRNOTAVAIL",
  "EMFILE",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOTFOUND",
  "ERR_STREAM_PREMATURE_CLOSE",
]);
/** Name resolution, a proxy, TLS and its certificates, an answer that is no HTTP. */
const CONNECTION_FAMILIES = /^EAI_|^ERR_(PROXY|SSL|TLS)_|^UNABLE_TO_|CERT|^HPE_/;

function adviceFor(code: string): string {
  if (code === "ENOTFOUND") return "there is no such host; is the region's name right?";
  if (/CERT|^UNABLE_TO_|^ERR_TLS/.test(code)) {
    return "the server's certificate is not trusted; where a proxy opens TLS, name its CA in NODE_EXTRA_CA_CERTS";
  }
  return "check the network and the proxy";
}
