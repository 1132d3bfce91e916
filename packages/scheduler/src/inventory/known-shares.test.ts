import { expect, test } from "vitest";
import type { Inventory } from "./inventory.ts";
import { knownShares } from "./known-shares.ts";

function anInventory(revision: number, shares: Record<string, number>): Inventory {
  const workload = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "web" };
  const list = Object.entries(shares).map(([cluster, replicas]) => ({ cluster, replicas }));
  return { workload, policy: null, replicas: 6, share: 0, shares: list, revision, objects: [] };
}

test("the newest inventory tells for members that cannot be read", () => {
  const known = knownShares([{ cluster: "a", inventory: anInventory(3, { a: 2, b: 4 }) }], undefined);
  expect(known).toEqual({
    shares: [
      { cluster: "a", replicas: 2 },
      { cluster: "b", replicas: 4 },
    ],
    revision: 3,
  });
});

test("a member that was away and given up has nothing any more", () => {
  const members = [
    { cluster: "a", inventory: anInventory(2, { a: 6 }) },
    { cluster: "b", inventory: anInventory(1, { a: 3, b: 3 }) },
  ];
  expect(knownShares(members, undefined)).toEqual({ shares: [{ cluster: "a", replicas: 6 }], revision: 2 });
});

test("a member that answers without an inventory has nothing, whatever others say", () => {
  const members = [
    { cluster: "a", inventory: anInventory(2, { a: 3, b: 3 }) },
    { cluster: "b", inventory: undefined },
  ];
  expect(knownShares(members, undefined).shares).toEqual([{ cluster: "a", replicas: 3 }]);
});

test("the store counts only where no member that answers knows the workload, and only for the others", () => {
  const stored = {
    shares: [
      { cluster: "a", replicas: 1 },
      { cluster: "b", replicas: 5 },
    ],
    revision: 9,
  };
  const none = [{ cluster: "a", inventory: undefined }];
  expect(knownShares(none, stored)).toEqual({ shares: [{ cluster: "b", replicas: 5 }], revision: 9 });
  const newer = [{ cluster: "a", inventory: anInventory(1, { a: 6 }) }];
  expect(knownShares(newer, stored)).toEqual({ shares: [{ cluster: "a", replicas: 6 }], revision: 1 });
});
