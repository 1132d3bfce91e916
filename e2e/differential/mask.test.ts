import { expect, test } from "vitest";
import { mask } from "./mask.ts";

const UID = "411e7cad-feae-4ba7-b0b1-1b3b2e8b6752";

test("what a server chooses is masked, and stays visible as being there", () => {
  const object = { kind: "ConfigMap", metadata: { name: "a", uid: UID, resourceVersion: "7" }, data: { k: "1" } };
  expect(mask(object)).toEqual({
    kind: "ConfigMap",
    metadata: { name: "a", uid: "string", resourceVersion: "string" },
    data: { k: "1" },
  });
});

test("managed fields of controllers are left out, ours are kept in an order of their own", () => {
  const entry = (manager: string): object => ({ manager, operation: "Apply", time: "now", fieldsV1: { "f:data": {} } });
  const masked = mask({
    metadata: { managedFields: [entry("e2e-b"), entry("kube-controller-manager"), entry("e2e-a")] },
  });
  expect(masked).toEqual({
    metadata: {
      managedFields: ["e2e-a", "e2e-b"].map((manager) => ({
        manager,
        operation: "Apply",
        time: "string",
        fieldsV1: { "f:data": {} },
      })),
    },
  });
});

test("of an error the code, the reason, what it is about and its causes count, not the words", () => {
  const status = (message: string, field: string): object => ({
    apiVersion: "v1",
    kind: "Status",
    status: "Failure",
    reason: "Invalid",
    code: 422,
    message,
    details: { name: "a", kind: "ConfigMap", causes: [{ reason: "FieldValueInvalid", field, message }] },
  });
  expect(mask(status("one", "data"))).toEqual(mask(status("two", "data")));
  expect(mask(status("one", "data"))).not.toEqual(mask(status("one", "metadata")));
});

test("uids are masked where they are parts of texts and keys", () => {
  expect(mask({ metadata: { ownerReferences: [{ uid: UID }] }, [`k:{"uid":"${UID}"}`]: {} })).toEqual({
    metadata: { ownerReferences: [{ uid: "uid" }] },
    'k:{"uid":"uid"}': {},
  });
});
