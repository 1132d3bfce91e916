import { expect, test } from "vitest";
import { fromConfigMap, type Inventory, inventoryRef, inventoryText, toConfigMap } from "./inventory.ts";
import { fieldManagerOf, isFleetName, workloadHash } from "./ownership.ts";

const web = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "web" };
const config = { apiVersion: "v1", kind: "ConfigMap", namespace: "shop", name: "web" };
const role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", name: "reader" };
const inventory: Inventory = {
  workload: web,
  policy: "shop/web",
  replicas: 6,
  share: 2,
  shares: [{ cluster: "a", replicas: 2 }],
  revision: 3,
  objects: [web, config, role],
};

test("an inventory comes back from its ConfigMap, and equal ones are equal texts whatever their order", () => {
  const back = fromConfigMap(toConfigMap("prod", inventory, "p1"));
  expect(back).toEqual({ ...inventory, objects: expect.arrayContaining([web, config, role]) as unknown });
  const shuffled = {
    ...inventory,
    objects: [role, { name: "web", kind: "ConfigMap", namespace: "shop", apiVersion: "v1" }, web],
  };
  expect(inventoryText(shuffled)).toBe(inventoryText(inventory));
});

test("a ConfigMap that is no inventory we understand is told as such", () => {
  const whole = toConfigMap("", inventory, "p1");
  for (const text of ["", "{", "[]", '{"v":2,"workload":{"apiVersion":"v1","kind":"A","name":"b"}}', '{"v":1}']) {
    expect([text, fromConfigMap({ ...whole, data: { "inventory.json": text } })]).toEqual([text, undefined]);
  }
});

test("one workload of two fleets has two inventories, two managers and two hashes", () => {
  expect(inventoryRef("", web).name).not.toBe(inventoryRef("prod", web).name);
  expect([fieldManagerOf(""), fieldManagerOf("prod")]).toEqual(["flotilla", "flotilla-prod"]);
  expect(workloadHash("", web)).toBe(workloadHash("", { ...web, apiVersion: "apps/v1beta1" }));
  expect(inventoryRef("", role).namespace).toBe("default");
});

test("a fleet's name fits a label and a field manager", () => {
  expect(["", "a", "eu-prod-1", "a".repeat(53)].map(isFleetName)).toEqual([true, true, true, true]);
  expect(["-a", "a-", "A", "a_b", "a/b", "a".repeat(54)].some(isFleetName)).toBe(false);
});
