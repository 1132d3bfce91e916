import { expect, test } from "vitest";
import { connectionFailure } from "./connection-failure.ts";

test.each([
  ["SELF_SIGNED_CERT_IN_CHAIN", /NODE_EXTRA_CA_CERTS/],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /NODE_EXTRA_CA_CERTS/],
  ["CERT_HAS_EXPIRED", /NODE_EXTRA_CA_CERTS/],
  ["ENOTFOUND", /region's name/],
  ["ECONNRESET", /check the network and the proxy/],
] as const)(
  "a connection that fails by %s names the host and what to look at, and nothing of the request",
  (code, told) => {
    const failure = connectionFailure(Object.assign(new Error("connect CANARY"), { code }), "eks.example:443");
    expect(failure).toMatchObject({ kind: "transient", status: 0, code });
    expect(failure?.message).toMatch(told);
    expect(failure?.message).toContain(`eks.example:443 (${code})`);
    expect(failure?.message).not.toContain("CANARY");
  },
);

const refused = Object.assign(new Error("no"), { code: "ECONNREFUSED" });

test.each([
  ["its cause", new Error("failed", { cause: refused })],
  ["the first address that was tried", new AggregateError([refused, new Error("other")])],
] as const)("the code is taken from %s", (_name, error) => {
  expect(connectionFailure(error, "h")).toMatchObject({ code: "ECONNREFUSED" });
});

test("a silence has no code of the system", () => {
  const silence = Object.assign(new Error("CANARY"), { name: "TimeoutError" });
  expect(connectionFailure(silence, "h")).toMatchObject({ kind: "transient", code: "TimeoutError" });
});

test.each([
  new TypeError("CANARY"),
  Object.assign(new TypeError("CANARY"), { code: "ERR_INVALID_ARG_TYPE" }),
  Object.assign(new Error("CANARY"), { name: "AbortError" }),
  "CANARY",
])("what is no failure of a connection (%s) is none", (error) => {
  expect(connectionFailure(error, "h")).toBeUndefined();
});
