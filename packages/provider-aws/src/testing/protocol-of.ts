import type { EmulatorRequest } from "@flotilla/testing";
import type { AwsProtocol } from "./aws-failure.ts";
import { formAction } from "./form-body.ts";

/** How a request speaks, where it is none of a service we know: the answer must be in words that its client can read. */
export function protocolOf(request: EmulatorRequest): AwsProtocol {
  if (request.headers["x-amz-target"] !== undefined) return "json";
  return formAction(request) === "" ? "rest-json" : "query";
}
