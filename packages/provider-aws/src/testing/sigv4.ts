import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { EmulatorRequest } from "@flotilla/testing";

/** What a request says about its signature, from the `Authorization` header or the query of a presigned URL. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  /** `YYYYMMDD` of the scope. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly date: string;
  readonly securityToken: string | undefined;
  readonly isPresigned: boolean;
  /** How long a presigned URL holds; 0 for headers. */
  readonly expiresSeconds: number;
}

const ALGORITHM = "AWS4-HMAC-SHA256";
const EMPTY_HASH = createHash("sha256").update("").digest("hex");

/** Reads the claim; checks nothing. `undefined`: the request carries none that can be read. */
export function readSignatureClaim(request: EmulatorRequest): SignatureClaim | undefined {
  return claimOfHeader(request) ?? claimOfQuery(request);
}

function claimOfHeader({ headers }: EmulatorRequest): SignatureClaim | undefined {
  const match = /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
    headers["authorization"] ?? "",
  );
  const scope = scopeOf(match?.[1] ?? "");
  if (match === null || scope === undefined) return undefined;
  return {
    ...scope,
    signedHeaders: (match[2] ?? "").split(";"),
    signature: match[3] ?? "",
    date: headers["x-amz-date"] ?? "",
    securityToken: headers["x-amz-security-token"],
    isPresigned: false,
    expiresSeconds: 0,
  };
}

function claimOfQuery({ query }: EmulatorRequest): SignatureClaim | undefined {
  const scope = scopeOf(query.get("X-Amz-Credential") ?? "");
  if (query.get("X-Amz-Algorithm") !== ALGORITHM || scope === undefined) return undefined;
  return {
    ...scope,
    signedHeaders: (query.get("X-Amz-SignedHeaders") ?? "").split(";"),
    signature: query.get("X-Amz-Signature") ?? "",
    date: query.get("X-Amz-Date") ?? "",
    securityToken: query.get("X-Amz-Security-Token") ?? undefined,
    isPresigned: true,
    expiresSeconds: Number(query.get("X-Amz-Expires") ?? "NaN"),
  };
}

function scopeOf(credential: string): Pick<SignatureClaim, "accessKeyId" | "day" | "region" | "service"> | undefined {
  const [accessKeyId = "", day = "", region = "", service = "", end, ...more] = credential.split("/");
  if (end !== "aws4_request" || more.length > 0 || accessKeyId === "") return undefined;
  return { accessKeyId, day, region, service };
}

/** Milliseconds of `20260101T000000Z`; NaN for anything else. */
export function signingTimeMs(date: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  if (match === null) return Number.NaN;
  const [, year, month, day, hour, minute, second] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** Milliseconds to `20260101T000000Z`. */
export function signingDate(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, "");
}

/** What a request's signature should have been made of, as the services tell who signed it wrongly. */
export interface SignatureCheck {
  readonly isValid: boolean;
  readonly canonical: string;
  readonly stringToSign: string;
}

/**
 * Computes the signature again from the raw request and compares. Everything that is claimed to be signed is what was sent.
 * Source: IAM user guide, "Create a signed AWS API request" (the rules of every service but S3).
 */
export function checkSignature(
  request: EmulatorRequest,
  claim: SignatureClaim,
  secretAccessKey: string,
): SignatureCheck {
  const payloadHash = payloadHashOf(request);
  const canonical = [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request, claim.isPresigned),
    ...claim.signedHeaders.map((name) => `${name}:${trimmed(request.headers[name] ?? "")}`),
    "",
    claim.signedHeaders.join(";"),
    payloadHash ?? "",
  ].join("\n");
  const scope = `${claim.day}/${claim.region}/${claim.service}/aws4_request`;
  const stringToSign = [ALGORITHM, claim.date, scope, createHash("sha256").update(canonical).digest("hex")].join("\n");
  const key = [claim.region, claim.service, "aws4_request"].reduce<Buffer>(
    (secret, part) => hmac(secret, part),
    hmac(`AWS4${secretAccessKey}`, claim.day),
  );
  const isWhole = payloadHash !== undefined && claim.signedHeaders.includes("host") && claim.date.startsWith(claim.day);
  return {
    isValid: isWhole && equals(hmac(key, stringToSign).toString("hex"), claim.signature),
    canonical,
    stringToSign,
  };
}

/** The hash of what was sent. A body under another hash than the header promises is no body of this signature. */
function payloadHashOf({ body, headers }: EmulatorRequest): string | undefined {
  const own = body.length === 0 ? EMPTY_HASH : createHash("sha256").update(body).digest("hex");
  const promised = headers["x-amz-content-sha256"];
  return promised === undefined || promised === own ? own : undefined;
}

function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(escapeUri(segment));
  }
  const end = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${segments.join("/")}${end}`;
}

function canonicalQuery({ query }: EmulatorRequest, isPresigned: boolean): string {
  return [...query]
    .filter(([name]) => !isPresigned || name !== "X-Amz-Signature")
    .map(([name, value]) => `${escapeUri(name)}=${escapeUri(value)}`)
    .sort()
    .join("&");
}

/** RFC 3986: everything but the unreserved characters. */
function escapeUri(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function trimmed(value: string): string {
  return value.trim().replaceAll(/ +/g, " ");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function equals(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
