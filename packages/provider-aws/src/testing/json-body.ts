import { isJsonObject } from "@flotilla/core";
import type { EmulatorReply, EmulatorRequest } from "@flotilla/testing";
import { type AwsCall, fail } from "./aws-call.ts";

/** The members of a JSON 1.1 request and how each is checked. */
export type MemberRule = "text" | "count" | "list";
export type JsonMembers = Readonly<Record<string, unknown>>;

/**
 * Reads the body of a JSON 1.1 call. Members that the operation does not know and values of another type are refused, as is a
 * body that is no JSON object.
 */
export function readJsonBody(call: AwsCall, rules: Readonly<Record<string, MemberRule>>): JsonMembers {
  const body = parse(call.request.body.toString("utf8"));
  if (!isJsonObject(body))
    return fail(call, "json", { code: "SerializationException", message: "the body is no object" });
  for (const [name, value] of Object.entries(body)) {
    const rule = rules[name];
    if (rule === undefined) {
      return fail(call, "json", { code: "SerializationException", message: `Unknown member: ${name}` });
    }
    if (!fits(value, rule)) {
      return fail(call, "json", { code: "SerializationException", message: `${name} has a value of the wrong type` });
    }
  }
  return body;
}

function fits(value: unknown, rule: MemberRule): boolean {
  if (rule === "count") return Number.isSafeInteger(value);
  return rule === "list" ? Array.isArray(value) : typeof value === "string";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text === "" ? "{}" : text) as unknown;
  } catch {
    return undefined;
  }
}

/** A text member, or `undefined`. */
export function textOf(members: JsonMembers, name: string): string | undefined {
  const value = members[name];
  return typeof value === "string" ? value : undefined;
}

/** `MaxResults`, within what the service takes. */
export function pageSizeOf(call: AwsCall, members: JsonMembers, max: number, code: string): number {
  const size = members["MaxResults"] ?? max;
  if (typeof size !== "number" || size < 1 || size > max) {
    return fail(call, "json", { code, message: `MaxResults must be between 1 and ${max}` });
  }
  return Math.min(size, call.world.pageSizeMax);
}

/** An answer of a JSON 1.1 service. */
export function json11Reply(call: AwsCall, value: unknown): EmulatorReply {
  return {
    status: 200,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": call.requestId },
    body: JSON.stringify(value),
  };
}

/** The operation of `x-amz-target`, where it is one of this service's and the request is of this protocol. */
export function targetAction({ method, path, headers }: EmulatorRequest, prefix: string): string {
  const isJson11 = (headers["content-type"] ?? "").split(";")[0] === "application/x-amz-json-1.1";
  const [service = "", action = ""] = (headers["x-amz-target"] ?? "").split(".");
  return isJson11 && method === "POST" && path === "/" && service === prefix ? action : "";
}
