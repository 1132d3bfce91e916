import type { EmulatorRequest } from "@flotilla/testing";
import { authenticate } from "./authenticate.ts";
import type { AwsWorld } from "./aws-call.ts";
import { readSignatureClaim, signingTimeMs } from "./sigv4.ts";

/** Who an EKS token stands for, or why it is none. */
export type EksTokenIdentity =
  | { readonly ok: true; readonly arn: string; readonly account: string; readonly userId: string }
  | { readonly ok: false; readonly reason: string };

const PREFIX = "k8s-aws-v1.";
/** The rules of aws-iam-authenticator's verifier, which every EKS API server runs. */
const TOKEN_BYTES_MAX = 4096;
const LIFE_MS = 15 * 60_000;
const EXPIRES_SECONDS_MAX = 900;
const PARAMETERS: ReadonlySet<string> = new Set([
  "action",
  "version",
  "x-amz-algorithm",
  "x-amz-credential",
  "x-amz-date",
  "x-amz-expires",
  "x-amz-security-token",
  "x-amz-signature",
  "x-amz-signedheaders",
]);
const CLUSTER_HEADER = "x-k8s-aws-id";
const STS_HOST = /^sts(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/;

/**
 * Checks a bearer token as an EKS API server does, then asks the emulated STS. The token names the real STS host; the
 * emulator answers for it, whatever address it is served at.
 */
export function verifyEksToken(world: AwsWorld, token: string, clusterName: string): EksTokenIdentity {
  if (token.length > TOKEN_BYTES_MAX) return refused("token is too large");
  if (!token.startsWith(PREFIX)) return refused(`token is missing expected "${PREFIX}" prefix`);
  const url = urlOf(token.slice(PREFIX.length));
  if (url === undefined) return refused("the token's payload is no URL");
  const wrong = urlProblem(url, world.nowMs());
  if (wrong !== undefined) return refused(wrong);
  const answer = authenticate(world, requestOf(url, clusterName), "sts");
  if ("problem" in answer) return refused(`STS refused the token: ${answer.problem.kind}`);
  const { arn, account, userId } = answer.caller;
  return { ok: true, arn, account, userId };
}

function urlProblem(url: URL, nowMs: number): string | undefined {
  const names = [...url.searchParams.keys()];
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  const foreign = names.find((name) => !PARAMETERS.has(name.toLowerCase()));
  const expires = url.searchParams.get("X-Amz-Expires") ?? "";
  const signedAtMs = signingTimeMs(url.searchParams.get("X-Amz-Date") ?? "");
  const headers = (url.searchParams.get("X-Amz-SignedHeaders") ?? "").split(";");
  if (url.protocol !== "https:") return `unexpected scheme "${url.protocol}" in pre-signed URL`;
  if (!STS_HOST.test(url.host)) return `unexpected hostname "${url.host}" in pre-signed URL`;
  if (url.pathname !== "/") return "unexpected path in pre-signed URL";
  if (duplicate !== undefined) return `query parameter with multiple values: "${duplicate}"`;
  if (foreign !== undefined) return `non-whitelisted query parameter "${foreign}"`;
  if (url.searchParams.get("Action") !== "GetCallerIdentity") return "unexpected action parameter in pre-signed URL";
  if (!headers.includes(CLUSTER_HEADER))
    return `client did not sign the ${CLUSTER_HEADER} header in the pre-signed URL`;
  if (!/^\d+$/.test(expires) || Number(expires) > EXPIRES_SECONDS_MAX) return "invalid X-Amz-Expires parameter";
  if (Number.isNaN(signedAtMs)) return "invalid X-Amz-Date parameter";
  if (nowMs > signedAtMs + LIFE_MS) return "X-Amz-Date parameter is expired (15 minutes)";
  return readSignatureClaim(requestOf(url, "")) === undefined ? "the URL is not signed" : undefined;
}

/** What the authenticator sends to STS: the URL as it is, and the header with the cluster's own name. */
function requestOf(url: URL, clusterName: string): EmulatorRequest {
  const target = `${url.pathname}${url.search}`;
  return {
    method: "GET",
    host: url.host,
    target,
    path: url.pathname,
    query: url.searchParams,
    headers: { host: url.host, [CLUSTER_HEADER]: clusterName, accept: "application/json" },
    body: Buffer.alloc(0),
  };
}

/** Strict, as Go's raw URL encoding is: what does not encode back to the same text was none. */
function urlOf(payload: string): URL | undefined {
  const bytes = Buffer.from(payload, "base64url");
  const text = bytes.toString("utf8");
  if (bytes.toString("base64url") !== payload) return undefined;
  return URL.canParse(text) ? new URL(text) : undefined;
}

function refused(reason: string): EksTokenIdentity {
  return { ok: false, reason };
}
