import { expect, test } from "vitest";
import { CloudError, isCloudError } from "./cloud-error.ts";
import { failureOf } from "./failure-of.ts";

test("an error of another copy of this package is understood", () => {
  const stranger = Object.assign(new Error("no"), { name: "CloudError", kind: "denied" });
  expect([isCloudError(stranger), isCloudError(stranger, "denied"), isCloudError(stranger, "busy")]).toEqual([
    true,
    true,
    false,
  ]);
  expect([isCloudError(new Error("x")), isCloudError("CloudError"), isCloudError(undefined)]).toEqual([
    false,
    false,
    false,
  ]);
});

test("what a vendor said is kept", () => {
  const cause = new Error("socket");
  const error = new CloudError("throttled", "m", {
    code: "Throttling",
    vendorMessage: "v",
    status: 429,
    retryAfterMs: 1,
    requestId: "r",
    cause,
  });
  expect(error).toMatchObject({
    name: "CloudError",
    kind: "throttled",
    code: "Throttling",
    vendorMessage: "v",
    status: 429,
    retryAfterMs: 1,
    requestId: "r",
    cause,
  });
  expect(new CloudError("busy", "m")).not.toHaveProperty("cause");
});

test.each<[unknown, string, string]>([
  [new CloudError("quota", "no more"), "quota", "no more"],
  [new DOMException("no answer within 5 s", "TimeoutError"), "transient", "no answer within 5 s"],
  [new TypeError("bug"), "internal", "TypeError: bug"],
  ["text", "internal", "something that is not an error was thrown (a string)"],
])("%s becomes data", (error, kind, message) => {
  expect(failureOf(error)).toEqual({ kind, message });
});
