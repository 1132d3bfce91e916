import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { stableUuid } from "@flotilla/testing";
import { AKS_SCOPE } from "../audiences.ts";

/** Whom a token is for: Resource Manager, or the API servers of AKS. */
export type AzureAudience = "arm" | "aks";

/** Who a token stands for, or why it is none. */
export type AzureTokenIdentity =
  | { readonly ok: true; readonly username: string; readonly uid: string; readonly groups: readonly string[] }
  | { readonly ok: false; readonly problem: "malformed" | "audience" | "expired"; readonly reason: string };

/** Whose token, for whom and for how long. */
export interface MintInput {
  readonly audience: AzureAudience;
  /** Default one hour, as Entra ID gives at least. */
  readonly lifetimeMs?: number;
  /** Default `flotilla@example.com`. */
  readonly username?: string;
  readonly groups?: readonly string[];
}

/** Mints and checks tokens in the shape of Entra ID's (RFC 7519), signed by a key that lives as long as the emulator. */
export interface AzureTokens {
  readonly tenant: string;
  mint(input: MintInput): { readonly token: string; readonly expiresOnTimestamp: number };
  verify(token: string, audience: AzureAudience): AzureTokenIdentity;
}

const LIFETIME_MS = 60 * 60_000;
const HEADER = Buffer.from(JSON.stringify({ typ: "JWT", alg: "HS256" })).toString("base64url");
const AUDIENCES: Readonly<Record<AzureAudience, string>> = {
  arm: "https://management.azure.com",
  aks: AKS_SCOPE.replace(/\/\.default$/, ""),
};

/** Tokens under a new key: those of another emulator are none here. */
export function createAzureTokens(nowMs: () => number): AzureTokens {
  const key = randomBytes(32);
  const tenant = stableUuid("azure", "tenant");
  const sign = (text: string): Buffer => createHmac("sha256", key).update(text).digest();
  return {
    tenant,
    mint({ audience, lifetimeMs = LIFETIME_MS, username = "flotilla@example.com", groups = [] }) {
      const issuedAt = Math.floor(nowMs() / 1000);
      const expires = Math.floor((nowMs() + lifetimeMs) / 1000);
      const claims = {
        aud: AUDIENCES[audience],
        iss: `https://sts.windows.net/${tenant}/`,
        iat: issuedAt,
        nbf: issuedAt,
        exp: expires,
        oid: stableUuid("azure", "identity", username),
        upn: username,
        groups,
        tid: tenant,
      };
      const text = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
      return { token: `${text}.${sign(text).toString("base64url")}`, expiresOnTimestamp: expires * 1000 };
    },
    verify(token, audience) {
      const claims = readClaims(token, sign);
      if (claims === undefined) return refused("malformed", "The access token is invalid.");
      if (claims.aud !== AUDIENCES[audience]) return refused("audience", claims.aud);
      if (claims.exp * 1000 <= nowMs()) return refused("expired", new Date(claims.exp * 1000).toISOString());
      return { ok: true, username: claims.upn, uid: claims.oid, groups: claims.groups };
    },
  };
}

interface Claims {
  readonly aud: string;
  readonly exp: number;
  readonly oid: string;
  readonly upn: string;
  readonly groups: readonly string[];
}

function readClaims(token: string, sign: (text: string) => Buffer): Claims | undefined {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const given = Buffer.from(signature, "base64url");
  const right = sign(`${header}.${payload}`);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  // Signed by us, so it is what `mint` wrote.
  return JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Claims;
}

function refused(problem: "malformed" | "audience" | "expired", reason: string): AzureTokenIdentity {
  return { ok: false, problem, reason };
}
