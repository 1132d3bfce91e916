import { createHash, createHmac } from "node:crypto";
import type { Token } from "@flotilla/core";
import type { AwsKeys } from "./keys.ts";
import { stsHost } from "./partition.ts";

export interface EksTokenInput {
  readonly clusterName: string;
  readonly region: string;
  readonly keys: AwsKeys;
  readonly nowMs: number;
}

/** How long the signature itself says it is good for; what `aws eks get-token` uses. */
const EXPIRES_SECONDS = 60;
/** The server accepts a token for 15 minutes after its date, whatever it says. Source: aws-iam-authenticator. */
const LIFE_MS = 15 * 60_000;
/** A clock that is a little off must not make a token fail that we hold for good. */
const SKEW_MS = 60_000;

/**
 * The bearer token of an EKS cluster: a presigned STS GetCallerIdentity, base64url, after `k8s-aws-v1.`. It always names the
 * region's real STS host, because that is what the server checks; no request is sent. Byte-equal to `aws eks get-token` under
 * the same clock and keys.
 */
export async function mintEksToken({ clusterName, region, keys, nowMs }: EksTokenInput): Promise<Token> {
  const { SignatureV4 } = await import("@smithy/signature-v4");
  const hostname = stsHost(region);
  const signer = new SignatureV4({ service: "sts", region, credentials: keys, sha256: Sha256 });
  const signed = await signer.presign(
    {
      method: "GET",
      protocol: "https:",
      hostname,
      path: "/",
      query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
      headers: { host: hostname, "x-k8s-aws-id": clusterName },
    },
    { expiresIn: EXPIRES_SECONDS, signingDate: new Date(nowMs) },
  );
  const url = `https://${hostname}/?${queryText(signed.query ?? {})}`;
  return {
    value: `k8s-aws-v1.${Buffer.from(url).toString("base64url")}`,
    expiresAtMs: Math.min(nowMs + LIFE_MS - SKEW_MS, keys.expiration?.getTime() ?? Number.POSITIVE_INFINITY),
  };
}

/** botocore's order of the query, so that the text is the same as `aws eks get-token`'s; the server takes any. */
const QUERY_ORDER: readonly string[] = [
  "Action",
  "Version",
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-Expires",
  "X-Amz-SignedHeaders",
  "X-Amz-Security-Token",
  "X-Amz-Signature",
];

function queryText(query: Readonly<Record<string, unknown>>): string {
  return QUERY_ORDER.filter((name) => query[name] !== undefined)
    .map((name) => `${escapeUri(name)}=${escapeUri(String(query[name]))}`)
    .join("&");
}

/** RFC 3986: everything but the unreserved characters. */
function escapeUri(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

type Data = string | ArrayBuffer | ArrayBufferView;

/** The hash that the signer wants, over node:crypto: SHA-256, or HMAC when a secret is given. */
class Sha256 {
  readonly #hash: ReturnType<typeof createHash> | ReturnType<typeof createHmac>;

  constructor(secret?: Data) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", bytesOf(secret));
  }

  update(data: Data): void {
    this.#hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error("a signer makes a new hash for each digest");
  }
}

function bytesOf(data: Data): Uint8Array {
  if (typeof data === "string") return Buffer.from(data, "utf8");
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(data);
}
