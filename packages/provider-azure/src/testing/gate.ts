import type { EmulatorCallContext, EmulatorRequest } from "@flotilla/testing";
import { armError, refuse } from "./azure-failure.ts";
import type { AzureHandler } from "./azure-request.ts";
import type { AzureTokenIdentity } from "./azure-tokens.ts";
import type { AzureWorld } from "./azure-world.ts";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Only a token for Resource Manager opens it. @throws EmulatorRefusal */
export function checkCaller(world: AzureWorld, request: EmulatorRequest): void {
  const header = request.headers["authorization"];
  const challenge = {
    "www-authenticate": `Bearer authorization_uri="https://login.microsoftonline.com/${world.tokens.tenant}", error="invalid_token", error_description="The authentication failed."`,
  };
  if (header === undefined) {
    refuse(
      armError(401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.", challenge),
    );
  }
  const token = /^Bearer (.+)$/i.exec(header)?.[1];
  const caller: AzureTokenIdentity =
    token === undefined ? { ok: false, problem: "malformed", reason: "" } : world.tokens.verify(token, "arm");
  if (caller.ok) return;
  const [code, text] = refusalOf(caller, world.nowMs());
  refuse(armError(401, code, text, challenge));
}

function refusalOf(
  caller: Extract<AzureTokenIdentity, { readonly ok: false }>,
  nowMs: number,
): readonly [string, string] {
  switch (caller.problem) {
    case "malformed":
      return ["InvalidAuthenticationToken", "The access token is invalid."];
    case "expired":
      return [
        "ExpiredAuthenticationToken",
        `The access token expiry UTC time '${caller.reason}' is earlier than current UTC time '${new Date(nowMs).toISOString()}'.`,
      ];
    case "audience":
      return [
        "InvalidAuthenticationTokenAudience",
        `The access token has been obtained for wrong audience or resource '${caller.reason}'. It should exactly match with one of the allowed audiences 'https://management.core.windows.net/','https://management.azure.com'.`,
      ];
  }
}

/** What the state of a subscription forbids. @throws EmulatorRefusal */
export function checkSubscription(
  world: AzureWorld,
  { caller }: EmulatorCallContext,
  { target, params }: { readonly target: AzureHandler; readonly params: Readonly<Record<string, string>> },
): void {
  const id = params["subscription"];
  if (id === undefined) return;
  if (!GUID.test(id)) {
    refuse(
      armError(400, "InvalidSubscriptionId", `The provided subscription identifier '${id}' is malformed or invalid.`),
    );
  }
  const scope = world.fleet.scope(id);
  if (scope === undefined || scope.state === "closed") {
    refuse(armError(404, "SubscriptionNotFound", `The subscription '${id}' could not be found.`));
  }
  if (target.namespace === undefined) return;
  if (scope.state === "disabled") {
    const text = `The subscription '${id}' is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled.`;
    refuse(armError(409, "ReadOnlyDisabledSubscription", text));
  }
  if (scope.isDenied === true) {
    const text = `The client '${caller}' with object id '${caller}' does not have authorization to perform action '${target.action}' over scope '/subscriptions/${id}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
    refuse(armError(403, "AuthorizationFailed", text));
  }
  if (scope.isServiceOff === true && target.namespace === "Microsoft.ContainerService") {
    const text = `The subscription is not registered to use namespace '${target.namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
    refuse(armError(409, "MissingSubscriptionRegistration", text));
  }
}
