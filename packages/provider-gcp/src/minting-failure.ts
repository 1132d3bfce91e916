import { CloudError, type CloudErrorKind, isCloudError } from "@flotilla/core";
import { networkCode } from "./network-code.ts";

/** Of a failed connection, as the platform names them; the rest of what the library throws is about the credentials. */
const NETWORK = /^(E(CONN|HOST|NET|AI_|PIPE|TIMEDOUT|NOTFOUND)|UND_ERR_|TimeoutError|AbortError)/;

/**
 * What minting failed of. Only OAuth's own code and the HTTP status are taken over: the library's errors hold the request with
 * its assertion. A token endpoint that is down is not the credentials' fault, so it is asked again.
 */
export function mintingFailure(error: unknown): CloudError {
  if (isCloudError(error)) return error;
  if (isTooLarge(error)) return tokenAnswerTooLarge();
  const { data, status = 0 } = answerOf(error);
  const oauth = oauthCode(memberOf(data, "error"));
  const code = oauth ?? (status === 0 ? (systemCode(error) ?? shapeCode(error)) : `HTTP ${status}`);
  const kind = kindOf(status, oauth, code);
  const what = `gcp: no access token by Application Default Credentials${code === undefined ? "" : ` (${code})`}`;
  return new CloudError(kind, `${what}; ${kind === "unauthenticated" ? OF_CREDENTIALS : OF_ENDPOINT}`, {
    ...(code === undefined ? {} : { code }),
    ...(status === 0 ? {} : { status }),
  });
}

/** Whoever answers so is no token endpoint. */
export function tokenAnswerTooLarge(): CloudError {
  return new CloudError("invalid", "gcp: the answer of the token endpoint is larger than allowed; is there a proxy?");
}

const OF_CREDENTIALS =
  'run "gcloud auth application-default login", set GOOGLE_APPLICATION_CREDENTIALS, or name a token with credentials.tokenEnv, and check that this machine\'s clock is right';
const OF_ENDPOINT = "the token endpoint could not be asked: check the network, a proxy, and the configured endpoint";

/** A word such as `invalid_grant`. Anything else may be an echo of what was sent. */
function oauthCode(said: unknown): string | undefined {
  return typeof said === "string" && /^[a-z_]{1,40}$/.test(said) ? said : undefined;
}

function kindOf(status: number, oauth: string | undefined, code: string | undefined): CloudErrorKind {
  if (status === 429) return "throttled";
  if (status >= 500) return "transient";
  return status === 0 && oauth === undefined && code !== undefined ? "transient" : "unauthenticated";
}

function answerOf(error: unknown): { readonly data?: unknown; readonly status?: number } {
  const response = memberOf(error, "response");
  const status = memberOf(response, "status");
  return { data: memberOf(response, "data"), ...(typeof status === "number" ? { status } : {}) };
}

function systemCode(error: unknown): string | undefined {
  const code = networkCode(error);
  return code !== undefined && NETWORK.test(code) ? code : undefined;
}

/** How the library's own HTTP client says it. */
function isTooLarge(error: unknown): boolean {
  return [error, memberOf(error, "cause")].some((each) => memberOf(each, "type") === "max-size");
}

/** The library takes every 200 for a token and stumbles over a proxy's page. */
function shapeCode(error: unknown): string | undefined {
  return error instanceof TypeError ? "notJson" : undefined;
}

/** The library's errors and answers are objects of classes of its own. */
function memberOf(value: unknown, name: string): unknown {
  return value instanceof Object ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
