import type { EmulatorCallContext, EmulatorReply, EmulatorRequest } from "@flotilla/testing";
import type { AwsCall, AwsService, AwsWorld } from "./aws-call.ts";
import { type AwsAuthProblem, type AwsProtocol, type AwsServiceError, authError, errorReply } from "./aws-failure.ts";
import { isAllowed } from "./aws-identities.ts";
import { authenticate } from "./authenticate.ts";
import { formAction } from "./form-body.ts";
import { protocolOf } from "./protocol-of.ts";
import { AWS_SERVICES, serviceNameOf } from "./aws-services.ts";

/** Lets the caller in or not, as AWS does before any service looks at a request, and then asks the service. */
export function answerCall(world: AwsWorld, request: EmulatorRequest, context: EmulatorCallContext): EmulatorReply {
  const requestId = world.newRequestId();
  const name = serviceNameOf(request);
  const service = AWS_SERVICES[name];
  if (service === undefined) return notServed(request, name, requestId);
  const authentication = authenticate(world, request, name);
  if ("problem" in authentication) {
    return errorReply(service.protocol, authError(service.protocol, authentication.problem), requestId);
  }
  const { caller, claim } = authentication;
  const call: AwsCall = { world, request, context, caller, account: caller.account, region: claim.region, requestId };
  const action = service.actionOf(request);
  const problem = accessProblem(service, call, action);
  if (problem !== undefined) return errorReply(service.protocol, authError(service.protocol, problem), requestId);
  return service.answer(call, action);
}

/** What AWS's front door says to who has not signed, and a service to what it does not know: each in the form it was asked. */
function notServed(request: EmulatorRequest, service: string, requestId: string): EmulatorReply {
  const protocol = protocolOf(request);
  const error =
    service === ""
      ? authError(protocol, { kind: "missing" })
      : unknownAction(protocol, `no service ${service} here that knows ${formAction(request)}`.trim());
  return errorReply(protocol, error, requestId);
}

function unknownAction(protocol: AwsProtocol, message: string): AwsServiceError {
  if (protocol === "query") return { code: "InvalidAction", message };
  return { status: protocol === "json" ? 400 : 404, code: "UnknownOperationException", message };
}

/** Accounts that are closed, regions that are not enabled, policies of the organization and of the caller. */
function accessProblem(service: AwsService, call: AwsCall, action: string): AwsAuthProblem | undefined {
  const scope = call.world.fleet.scope(call.account);
  const region = call.world.fleet.region(call.account, call.region);
  const isActive = (scope?.state ?? "active") === "active" || scope?.state === "warned";
  // A region that the account has not opted into knows none of its keys.
  if (!isActive || region === undefined || region.enabled === false) return { kind: "unknownKey" };
  if (service.isOpen?.(action) === true) return undefined;
  const what = `${service.iamPrefix}:${action}`;
  const who = `User: ${call.caller.arn} is not authorized to perform: ${what} on resource: ${service.resourceOf(call)}`;
  if (region.denied === true) {
    return { kind: "denied", detail: `${who} with an explicit deny in a service control policy` };
  }
  if (scope?.isDenied === true || !isAllowed(call.caller.allow, what)) {
    return { kind: "denied", detail: `${who} because no identity-based policy allows the ${what} action` };
  }
  return undefined;
}
