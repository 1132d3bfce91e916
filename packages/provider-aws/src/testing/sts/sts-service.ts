import { type EmulatorReply, jsonReply } from "@flotilla/testing";
import { authError, xmlReply } from "../aws-failure.ts";
import { isAllowed } from "../aws-identities.ts";
import { type AwsCall, type AwsService, fail } from "../aws-call.ts";
import { checkParameters, formAction, formOf } from "../form-body.ts";
import { type XmlValue, xmlDocument } from "../xml.ts";

const VERSION = "2011-06-15";
const NAMESPACE = `https://sts.amazonaws.com/doc/${VERSION}/`;
const SESSION_SECONDS_DEFAULT = 3600;
const SESSION_SECONDS_MIN = 900;
const SESSION_SECONDS_MAX = 43_200;

/** STS over the query protocol; answers in JSON where that is asked for, as the authenticator of EKS does. */
export const stsService: AwsService = {
  protocol: "query",
  iamPrefix: "sts",
  throttled: { status: 400, code: "Throttling", message: "Rate exceeded" },
  actionOf: formAction,
  /** Nobody is denied to know who they are; AssumeRole has rules of its own. */
  isOpen: (action) => action === "GetCallerIdentity" || action === "AssumeRole",
  resourceOf: ({ account }) => `arn:aws:sts::${account}:*`,
  answer(call, action): EmulatorReply {
    const version = formOf(call.request).get("Version");
    if (version !== VERSION || (action !== "GetCallerIdentity" && action !== "AssumeRole")) {
      const message = `Could not find operation ${action} for version ${version ?? ""}`;
      return fail(call, "query", { code: "InvalidAction", message });
    }
    const result = action === "GetCallerIdentity" ? callerIdentity(call) : assumeRole(call);
    return reply(call, action, result);
  },
};

function reply(call: AwsCall, action: string, result: Readonly<Record<string, XmlValue>>): EmulatorReply {
  const metadata = { RequestId: call.requestId };
  if ((call.request.headers["accept"] ?? "").includes("application/json")) {
    return jsonReply(200, { [`${action}Response`]: { [`${action}Result`]: result, ResponseMetadata: metadata } });
  }
  const value = { [`${action}Result`]: result, ResponseMetadata: metadata };
  return xmlReply(200, xmlDocument(`${action}Response`, value, NAMESPACE), call.requestId);
}

function callerIdentity(call: AwsCall): Readonly<Record<string, XmlValue>> {
  checkParameters(call, "query", []);
  const { arn, userId, account } = call.caller;
  return { Arn: arn, UserId: userId, Account: account };
}

const ROLE_ARN = /^arn:aws[\w-]*:iam::\d{12}:role\/.{1,512}$/;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;

function assumeRole(call: AwsCall): Readonly<Record<string, XmlValue>> {
  const form = checkParameters(call, "query", ["RoleArn", "RoleSessionName", "DurationSeconds", "ExternalId"]);
  const arn = form.get("RoleArn") ?? "";
  const sessionName = form.get("RoleSessionName") ?? "";
  const seconds = Number(form.get("DurationSeconds") ?? SESSION_SECONDS_DEFAULT);
  validate(call, "roleArn", arn, ROLE_ARN.test(arn));
  validate(call, "roleSessionName", sessionName, SESSION_NAME.test(sessionName));
  const isInRange = Number.isSafeInteger(seconds) && seconds >= SESSION_SECONDS_MIN && seconds <= SESSION_SECONDS_MAX;
  validate(call, "durationSeconds", String(seconds), isInRange);
  const role = call.world.identities.role(arn);
  const trusts = role?.trusts ?? call.world.fleet.cloud.scopes.map(({ id }) => id);
  const isTrusted = role !== undefined && trusts.includes(call.account);
  const mayAsk = isAllowed(call.caller.allow, "sts:AssumeRole");
  // A wrong external id and a role that is not there answer alike: who may not know, does not learn.
  if (!isTrusted || !mayAsk || (role.externalId !== undefined && role.externalId !== form.get("ExternalId"))) {
    const detail = `User: ${call.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`;
    return fail(call, "query", authError("query", { kind: "denied", detail }));
  }
  const expiresAtMs = call.world.nowMs() + seconds * 1000;
  const made = call.world.identities.assume(role, sessionName, expiresAtMs);
  return {
    AssumedRoleUser: { AssumedRoleId: made.caller.userId, Arn: made.caller.arn },
    Credentials: {
      AccessKeyId: made.accessKeyId,
      SecretAccessKey: made.secretAccessKey,
      SessionToken: made.sessionToken,
      Expiration: new Date(expiresAtMs).toISOString(),
    },
  };
}

function validate(call: AwsCall, name: string, value: string, isValid: boolean): void {
  if (isValid) return;
  const message = `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint`;
  fail(call, "query", { code: "ValidationError", message });
}
