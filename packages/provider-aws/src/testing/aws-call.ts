import {
  type EmulatedFleet,
  type EmulatorCallContext,
  type EmulatorReply,
  type EmulatorRequest,
} from "@flotilla/testing";
import type { AwsCaller, AwsIdentities } from "./aws-identities.ts";
import { type AwsProtocol, type AwsServiceError, refuse } from "./aws-failure.ts";

/** What all services of one emulated AWS share. */
export interface AwsWorld {
  readonly fleet: EmulatedFleet;
  readonly identities: AwsIdentities;
  readonly nowMs: () => number;
  readonly pageSizeMax: number;
  readonly newRequestId: () => string;
}

/** One call by a caller who was let in. */
export interface AwsCall {
  readonly world: AwsWorld;
  readonly request: EmulatorRequest;
  readonly context: EmulatorCallContext;
  readonly caller: AwsCaller;
  /** The account whose things are asked for: the caller's own. */
  readonly account: string;
  readonly region: string;
  readonly requestId: string;
}

/** One service: how it words itself, and its actions. */
export interface AwsService {
  readonly protocol: AwsProtocol;
  /** As IAM names it: `eks:ListClusters`. */
  readonly iamPrefix: string;
  /** The name of the action, told from path, form or header; empty when it is none of the service's. */
  actionOf(request: EmulatorRequest): string;
  answer(call: AwsCall, action: string): EmulatorReply;
  /** `true`: for what anybody may ask, even of a region that is denied. */
  isOpen?(action: string): boolean;
  throttled: AwsServiceError;
  /** The ARN that a denial names. */
  resourceOf(call: Pick<AwsCall, "account" | "region">): string;
}

/** Ends a call of a service with its error. */
export function fail(call: AwsCall, protocol: AwsProtocol, error: AwsServiceError): never {
  return refuse(protocol, error, call.requestId);
}
