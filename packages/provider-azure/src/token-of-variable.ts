import { type Clock, CloudError, isJsonObject, isSendableSecret } from "@flotilla/core";
import { isForScope } from "./audiences.ts";
import type { AzureToken } from "./azure-credential.ts";

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How long a token is taken for good that does not tell its end. */
const UNTOLD_LIFE_MS = 60 * 60_000;

/**
 * The token that a variable holds. What can be seen to be wrong with it is told here, where the variable has a name: a service
 * only says that it takes it not. A service checks the signature; nothing is trusted because of what is looked at here.
 *
 * @throws CloudError `unauthenticated`
 */
export function tokenOfVariable(
  { env, name, scope }: { readonly env: Environment; readonly name: string; readonly scope: string },
  clock: Clock,
): AzureToken {
  const token = env[name] ?? "";
  if (token === "") throw refused(name, "is not set; the configuration names it for credentials");
  if (!isSendableSecret(token)) {
    throw refused(
      name,
      "holds a space, a line break or another character that no token has; set it to the token alone",
    );
  }
  const { aud, exp } = claimsOf(token);
  if (aud !== undefined && ![aud].flat().some((audience) => isForScope(scope, audience))) {
    throw refused(name, `holds a token for another service; mint one with the scope ${scope}`);
  }
  const endsAtMs = timeOf(exp) ?? clock.nowMs() + UNTOLD_LIFE_MS;
  if (endsAtMs <= clock.nowMs()) {
    const at = new Date(endsAtMs).toISOString();
    throw refused(name, `expired at ${at}; mint another, or check that this machine's clock is right`);
  }
  return { token, expiresOnTimestamp: endsAtMs };
}

/** Those of a JSON Web Token (RFC 7519 section 4.1), where it is one. */
function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const [, payload = ""] = token.split(".");
  try {
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as unknown;
    return isJsonObject(claims) ? claims : {};
  } catch {
    return {};
  }
}

/** Epoch milliseconds; nonsense tells nothing. */
function timeOf(seconds: unknown): number | undefined {
  const ms = typeof seconds === "number" ? new Date(seconds * 1000).getTime() : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** By name: never what the variable holds. */
function refused(name: string, why: string): CloudError {
  return new CloudError("unauthenticated", `azure: the environment variable ${name} ${why}`);
}
