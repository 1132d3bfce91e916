import { CloudError, type CloudErrorKind } from "@flotilla/core";

/**
 * Codes of Entra ID and of its client library: public and documented, unlike the texts around them. `@azure/identity` has them
 * in its texts alone, and calls a network that is down a status of 400.
 */
const KNOWN_CODE = /\b(?:AADSTS\d{4,8}|network_error|endpoints_resolution_error|openid_config_error)\b/;
/** The assertion was signed outside of its time. Source: Entra ID, error codes. */
const CLOCK_CODES: ReadonlySet<string> = new Set(["AADSTS700024", "AADSTS500133"]);

/**
 * Why there is no token. The credential's text can quote what was sent to the authority, so that only its name and Entra ID's
 * code are told. An authority that is not reached, or busy, is one to be asked again.
 */
export function withoutToken(error: unknown, scope: string): CloudError {
  const name = nameOf(error);
  const [code] = KNOWN_CODE.exec(error instanceof Error ? error.message : "") ?? [];
  const why = code === undefined ? name : `${name}, ${code}`;
  const kind = kindOf(error, code);
  return new CloudError(kind, `azure: no token for ${scope} (${why}); ${whatToDo(kind, code)}`, { code: code ?? name });
}

function whatToDo(kind: CloudErrorKind, code: string | undefined): string {
  if (kind !== "unauthenticated")
    return "the authority gave no answer; try again later, or check the network and the proxy";
  if (code !== undefined && CLOCK_CODES.has(code)) return "check that this machine's clock is right";
  return "run `az login`, or check the environment of @azure/identity";
}

function kindOf(error: unknown, code: string | undefined): CloudErrorKind {
  const { statusCode } = membersOf(error);
  if (statusCode === 429) return "throttled";
  const isDown = typeof statusCode === "number" && statusCode >= 500;
  const isUnreached = systemCode(error) !== undefined || code?.endsWith("_error") === true;
  return isDown || isUnreached ? "transient" : "unauthenticated";
}

/** A failed connection by its code, anything else by its class. */
function nameOf(error: unknown): string {
  return systemCode(error) ?? (error instanceof Error ? error.name : "an unknown failure");
}

/** `ENOTFOUND`, `ECONNREFUSED`, …: what Node says of sockets and names. */
function systemCode(error: unknown): string | undefined {
  const { code } = membersOf(error);
  return typeof code === "string" && /^E[A-Z_]{3,20}$/.test(code) ? code : undefined;
}

function membersOf(error: unknown): { readonly code?: unknown; readonly statusCode?: unknown } {
  return typeof error === "object" && error !== null ? error : {};
}
