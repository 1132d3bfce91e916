import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createVirtualClock } from "../clock/virtual-clock.ts";
import type { EmulatedCluster } from "./emulated-cloud.ts";
import { createEmulatedFleet } from "./emulated-fleet.ts";
import { matchRoute } from "./match-route.ts";
import { pageOf } from "./page-of.ts";
import { stableDigits, stableHex, stableUuid } from "./stable-id.ts";

test("pages give every item once and in order, whatever the size", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (items, size) => {
      const seen: number[] = [];
      let token: string | undefined;
      do {
        const page = pageOf(items, { token, size, list: "a" });
        expect(page?.items.length).toBeLessThanOrEqual(size);
        seen.push(...(page?.items ?? []));
        token = page?.nextToken;
      } while (token !== undefined);
      expect(seen).toEqual(items);
    }),
  );
});

test("a page token of another list, or an invented one, is none; a loop never ends", () => {
  const token = pageOf([1, 2, 3], { token: undefined, size: 1, list: "a" })?.nextToken;
  expect(pageOf([1, 2, 3], { token, size: 1, list: "a" })?.items).toEqual([2]);
  expect(pageOf([1, 2, 3], { token, size: 1, list: "b" })).toBeUndefined();
  expect(pageOf([1, 2, 3], { token: "bm9wZQ==", size: 1, list: "a" })).toBeUndefined();
  const loop = pageOf([1], { token: undefined, size: 5, list: "a", loops: true });
  expect(pageOf([1], { token: loop?.nextToken, size: 5, list: "a", loops: true })).toEqual(loop);
});

test("routes: parameters are decoded, custom verbs told apart, wrong methods named", () => {
  const routes = [
    { method: "GET", path: "/v1/projects/{p}/clusters/{name}", target: "get" },
    { method: "DELETE", path: "/v1/projects/{p}/clusters/{name}", target: "delete" },
    { method: "POST", path: "/v1/operations/{name}:cancel", target: "cancel" },
  ];
  const find = (method: string, path: string, ignoreCase = false) =>
    matchRoute(routes, { method, path }, { ignoreCase });
  expect(find("GET", "/v1/projects/a%2Fb/clusters/c")).toEqual({
    kind: "found",
    target: "get",
    params: { p: "a/b", name: "c" },
  });
  expect(find("POST", "/v1/operations/op-1:cancel")).toMatchObject({ target: "cancel", params: { name: "op-1" } });
  expect(find("POST", "/v1/operations/op-1")).toEqual({ kind: "path" });
  expect(find("PUT", "/v1/projects/a/clusters/c")).toEqual({ kind: "method", allowed: ["GET", "DELETE"] });
  expect(find("GET", "/V1/Projects/A/Clusters/C", true)).toMatchObject({ params: { p: "A", name: "C" } });
  expect(find("GET", "/V1/Projects/A/Clusters/C")).toEqual({ kind: "path" });
  expect(find("GET", "/v1/projects/%zz/clusters/c")).toEqual({ kind: "path" });
});

test("lists lag behind changes by the window; a question by name does not", async () => {
  const clock = createVirtualClock();
  const aCluster = (name: string, version: string): EmulatedCluster => ({
    scope: "1",
    region: "r",
    name,
    version,
    pools: [],
  });
  const fleet = createEmulatedFleet(
    { scopes: [{ id: "1", regions: [{ name: "r" }] }], clusters: [aCluster("b", "1.34")] },
    { clock, consistencyMs: 5000 },
  );
  fleet.put(aCluster("a", "1.35"));
  fleet.put(aCluster("b", "1.35"));
  fleet.remove(aCluster("b", "1.35"));
  const listed = () => fleet.listed().map(({ name, version }) => `${name} ${version}`);
  expect(listed()).toEqual(["b 1.34"]);
  expect(fleet.find(({ name }) => name === "a")?.version).toBe("1.35");
  expect(fleet.find(({ name }) => name === "b")).toBeUndefined();
  await clock.advance(5000);
  expect(listed()).toEqual(["a 1.35"]);
});

test("ids are stable, of the form asked for, and differ by every part", () => {
  expect(stableHex(8, "a", "b")).toBe(stableHex(8, "a", "b"));
  expect(stableHex(8, "ab", "")).not.toBe(stableHex(8, "a", "b"));
  expect(stableUuid("a")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(stableDigits(12, "a")).toMatch(/^[1-9]\d{11}$/);
});
