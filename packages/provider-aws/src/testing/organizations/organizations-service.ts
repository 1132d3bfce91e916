import { type EmulatedScope, pageOf, stableHex } from "@flotilla/testing";
import { type AwsCall, type AwsService, fail } from "../aws-call.ts";
import { json11Reply, pageSizeOf, readJsonBody, targetAction, textOf } from "../json-body.ts";

const PAGE_SIZE_MAX = 20;
const JOINED_AT = Date.UTC(2025, 5, 2, 8, 0, 0) / 1000;

/** AWS Organizations over JSON 1.1: the first account manages the others. */
export const organizationsService: AwsService = {
  protocol: "json",
  iamPrefix: "organizations",
  throttled: {
    code: "TooManyRequestsException",
    message: "AWS Organizations can't complete your request because another request is already in progress.",
  },
  actionOf: (request) => targetAction(request, "AWSOrganizationsV20161128"),
  resourceOf: () => "*",
  answer(call, action) {
    if (action !== "ListAccounts") {
      return fail(call, "json", { code: "UnknownOperationException", message: "Unknown operation" });
    }
    return json11Reply(call, listAccounts(call));
  },
};

function listAccounts(call: AwsCall): unknown {
  const members = readJsonBody(call, { NextToken: "text", MaxResults: "count" });
  const { scopes } = call.world.fleet.cloud;
  if (scopes.length < 2) {
    const message = "Your account is not a member of an organization.";
    return fail(call, "json", { code: "AWSOrganizationsNotInUseException", message });
  }
  const manager = scopes[0]?.id ?? "";
  if (call.account !== manager) {
    const message = "You don't have permissions to access this resource.";
    return fail(call, "json", { code: "AccessDeniedException", message });
  }
  const size = pageSizeOf(call, members, PAGE_SIZE_MAX, "InvalidInputException");
  const token = textOf(members, "NextToken");
  const page =
    pageOf(scopes, { token, size, list: "accounts", loops: call.context.loopsPages }) ??
    fail(call, "json", { code: "InvalidInputException", message: "You provided an invalid value for NextToken." });
  return {
    Accounts: page.items.map((scope) => rendered(manager, scope)),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

function rendered(manager: string, { id, name = `account-${id}`, state = "active" }: EmulatedScope): unknown {
  const organization = `o-${stableHex(10, "organization", manager)}`;
  const shown =
    state === "active" || state === "warned" ? "ACTIVE" : state === "closed" ? "PENDING_CLOSURE" : "SUSPENDED";
  return {
    Id: id,
    Arn: `arn:aws:organizations::${manager}:account/${organization}/${id}`,
    Email: `${name}@example.com`,
    Name: name,
    Status: shown,
    State: shown,
    JoinedMethod: "CREATED",
    JoinedTimestamp: JOINED_AT,
  };
}
