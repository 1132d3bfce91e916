import { createVerify, generateKeyPairSync } from "node:crypto";
import { isJsonObject } from "@flotilla/core";
import { stableHex } from "@flotilla/testing";
import { accountNumber } from "./account-number.ts";

/** A service account's key file, as the console gives it out once. It opens nothing but an emulator. */
export interface EmulatedServiceAccount {
  readonly type: "service_account";
  readonly project_id: string;
  readonly private_key_id: string;
  readonly private_key: string;
  readonly client_email: string;
  readonly client_id: string;
  readonly token_uri: string;
}

/** What an assertion is addressed to, wherever it is sent. */
const AUDIENCE = "https://oauth2.googleapis.com/token";
const LIFETIME_MAX_S = 3600;
/** How far ahead a client's clock may be. */
const SKEW_S = 300;
const TIMEFRAME =
  "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.";

/** A key pair of an account: the file with one half, and the check with the other. */
export class ServiceAccountKey {
  readonly file: EmulatedServiceAccount;
  readonly #publicKey: string;

  constructor(account: string, project: string) {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    this.#publicKey = publicKey;
    this.file = {
      type: "service_account",
      project_id: project,
      private_key_id: stableHex(40, "key", account),
      private_key: privateKey,
      client_email: account,
      client_id: accountNumber(account),
      token_uri: AUDIENCE,
    };
  }

  /** The OAuth scopes that an assertion asks for. */
  scopesOf(assertion: string): readonly string[] {
    const { scope } = decoded(assertion.split(".")[1] ?? "");
    return typeof scope === "string" ? scope.split(" ").filter((one) => one !== "") : [];
  }

  /** What is wrong with an assertion, in Google's words. Source: RFC 7523, OAuth 2.0 for service accounts. */
  problemOf(assertion: string, nowMs: number): string | undefined {
    const [header = "", claims = "", signature = ""] = assertion.split(".");
    const { iss, aud, iat, exp } = decoded(claims);
    if (decoded(header)["alg"] !== "RS256") return "Invalid JWT Signature.";
    if (iss !== this.file.client_email) return "Invalid grant: account not found";
    const isSigned = createVerify("RSA-SHA256")
      .update(`${header}.${claims}`)
      .verify(this.#publicKey, signature, "base64url");
    if (!isSigned) return "Invalid JWT Signature.";
    if (aud !== AUDIENCE) return "Invalid JWT: Failed audience check.";
    const nowS = nowMs / 1000;
    const isTimely =
      typeof iat === "number" &&
      typeof exp === "number" &&
      iat <= nowS + SKEW_S &&
      exp > nowS &&
      exp - iat <= LIFETIME_MAX_S;
    return isTimely ? undefined : TIMEFRAME;
  }
}

function decoded(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
