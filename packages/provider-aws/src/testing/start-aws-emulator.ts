import {
  createEmulatedFleet,
  type EmulatedCloud,
  type EmulatedFleet,
  type EmulatorCall,
  type EmulatorOptions,
  type EmulatorRequest,
  type EmulatorServer,
  type EmulatorService,
  startEmulator,
  stableUuid,
} from "@flotilla/testing";
import { answerCall } from "./answer-call.ts";
import type { AwsWorld } from "./aws-call.ts";
import { errorReply } from "./aws-failure.ts";
import { AwsIdentities, defaultUser, type EmulatedAwsRole, type EmulatedAwsUser } from "./aws-identities.ts";
import { AWS_SERVICES, serviceNameOf } from "./aws-services.ts";
import { formOf } from "./form-body.ts";
import { protocolOf } from "./protocol-of.ts";
import { readSignatureClaim } from "./sigv4.ts";
import { type EksTokenIdentity, verifyEksToken } from "./verify-eks-token.ts";

export interface AwsEmulatorOptions extends EmulatorOptions {
  /** Who may call. Default: one user of the first account who may do everything. */
  readonly users?: readonly EmulatedAwsUser[];
  /** Roles that may be assumed. Default: `flotilla` in every account. */
  readonly roles?: readonly EmulatedAwsRole[];
}

/** A running emulated AWS. */
export interface AwsEmulator extends EmulatorServer {
  /** The first user's keys. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Its clusters, to be changed while it runs. */
  readonly fleet: EmulatedFleet;
  /** What an EKS API server asks: whose token this is, and whether it was minted for this cluster. */
  verifyEksToken(token: string, clusterName: string): EksTokenIdentity;
}

/** Default name of the role in every account. */
export const EMULATED_ROLE_NAME = "flotilla";

/**
 * One server for EKS, EC2, STS, Pricing, Service Quotas and Organizations of all accounts and regions of the fleet. Which
 * service and region is asked is what the request's signature is scoped to, as the clients do not say it otherwise once
 * their endpoint is overridden.
 */
export async function startAwsEmulator(fleet: EmulatedCloud, options: AwsEmulatorOptions = {}): Promise<AwsEmulator> {
  const users = options.users ?? [defaultUser(fleet)];
  const roles =
    options.roles ?? fleet.scopes.map(({ id }) => ({ arn: `arn:aws:iam::${id}:role/${EMULATED_ROLE_NAME}` }));
  const made = Promise.withResolvers<AwsWorld>();
  const server = await startEmulator(
    "aws",
    ({ clock }) => {
      let requests = 0;
      const world: AwsWorld = {
        fleet: createEmulatedFleet(fleet, { clock, consistencyMs: options.consistencyMs ?? 0 }),
        identities: new AwsIdentities(users, roles),
        nowMs: () => clock.nowMs(),
        pageSizeMax: options.pageSizeMax ?? Number.MAX_SAFE_INTEGER,
        newRequestId: () => stableUuid("request", String((requests += 1))),
      };
      made.resolve(world);
      return serviceOf(world);
    },
    options,
  );
  const world = await made.promise;
  const { accessKeyId, secretAccessKey } = users[0] ?? defaultUser(fleet);
  return Object.assign(server, {
    credentials: { accessKeyId, secretAccessKey },
    fleet: world.fleet,
    verifyEksToken: (token: string, clusterName: string) => verifyEksToken(world, token, clusterName),
  });
}

/** Longer than any test or client waits: a region that does not answer. */
const NEVER_MS = 2_147_483_647;

function serviceOf(world: AwsWorld): EmulatorService {
  return {
    describe: (request) => describe(world, request),
    answer: (request, context) => answerCall(world, request, context),
    failure(kind, request) {
      const service = AWS_SERVICES[serviceNameOf(request)];
      const protocol = service?.protocol ?? protocolOf(request);
      const error =
        kind === "throttled"
          ? (service?.throttled ?? { status: 429, code: "ThrottlingException", message: "Rate exceeded" })
          : { status: 500, code: "InternalFailure", message: "The request processing has failed." };
      return errorReply(protocol, error, world.newRequestId());
    },
    slownessMs({ scope, region }) {
      const found = world.fleet.region(scope, region);
      return found?.unreachable === true ? NEVER_MS : (found?.slowMs ?? 0);
    },
  };
}

function describe(world: AwsWorld, request: EmulatorRequest): EmulatorCall {
  const claim = readSignatureClaim(request);
  const key = world.identities.key(claim?.accessKeyId ?? "");
  const service = AWS_SERVICES[serviceNameOf(request)];
  const action = service?.actionOf(request) ?? formOf(request).get("Action") ?? "";
  return {
    action: service === undefined ? action : `${service.iamPrefix}:${action}`,
    scope: key?.caller.account ?? "",
    region: claim?.region ?? "",
    caller: key?.caller.arn ?? "",
  };
}
