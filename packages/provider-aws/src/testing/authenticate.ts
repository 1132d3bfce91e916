import type { EmulatorRequest } from "@flotilla/testing";
import type { AwsCaller } from "./aws-identities.ts";
import type { AwsWorld } from "./aws-call.ts";
import type { AwsAuthProblem } from "./aws-failure.ts";
import { checkSignature, readSignatureClaim, type SignatureClaim, signingDate, signingTimeMs } from "./sigv4.ts";

/** Five minutes either way. Source: AWS general reference, "Signature Version 4", the error text itself says it. */
const SKEW_MS = 300_000;

export type Authentication =
  { readonly caller: AwsCaller; readonly claim: SignatureClaim } | { readonly problem: AwsAuthProblem };

/** Who signed this request: the signature is computed again from what was sent. `service` is who is asked. */
export function authenticate(world: AwsWorld, request: EmulatorRequest, service: string): Authentication {
  const claim = readSignatureClaim(request);
  if (claim === undefined) return { problem: { kind: "missing" } };
  const key = world.identities.key(claim.accessKeyId);
  if (key === undefined || key.sessionToken !== claim.securityToken) return { problem: { kind: "unknownKey" } };
  if (claim.service !== service) {
    return {
      problem: { kind: "badSignature", detail: `Credential should be scoped to correct service: '${service}'. ` },
    };
  }
  if (!world.fleet.cloud.scopes.some(({ regions }) => regions.some(({ name }) => name === claim.region))) {
    return { problem: { kind: "badSignature", detail: "Credential should be scoped to a valid region. " } };
  }
  const clock = clockProblem(claim, world.nowMs());
  if (clock !== undefined) return { problem: { kind: "clock", detail: clock } };
  const { isValid, canonical, stringToSign } = checkSignature(request, claim, key.secretAccessKey);
  if (!isValid) return { problem: { kind: "badSignature", echo: { canonical, stringToSign } } };
  if (key.expiresAtMs !== undefined && key.expiresAtMs <= world.nowMs()) return { problem: { kind: "expiredToken" } };
  return { caller: key.caller, claim };
}

/** The services' own wording, from which people see how far their clock is off. */
function clockProblem(claim: SignatureClaim, nowMs: number): string | undefined {
  const signedMs = signingTimeMs(claim.date);
  if (Number.isNaN(signedMs)) return "Date must be in ISO-8601 'basic format'. ";
  const now = signingDate(nowMs);
  const lastMs = signedMs + (claim.isPresigned ? presignedMs(claim) : SKEW_MS);
  if (!(nowMs <= lastMs)) {
    const limit = signingDate(claim.isPresigned ? lastMs : nowMs - SKEW_MS);
    return `Signature expired: ${claim.isPresigned ? limit : claim.date} is now earlier than ${claim.isPresigned ? now : limit} (${now} - 5 min.)`;
  }
  if (signedMs - SKEW_MS > nowMs) {
    return `Signature not yet current: ${claim.date} is still later than ${signingDate(nowMs + SKEW_MS)} (${now} + 5 min.)`;
  }
  return undefined;
}

/** STS takes presigned calls for fifteen minutes whatever they say: that is how long EKS tokens last. */
const STS_PRESIGNED_MS = 15 * 60_000;

function presignedMs({ service, expiresSeconds }: SignatureClaim): number {
  return service === "sts" ? STS_PRESIGNED_MS : expiresSeconds * 1000;
}
