import { expect, test } from "vitest";
import { aggregateHealth } from "./aggregate-health.ts";
import { buildWorkloadStatus } from "./build-workload-status.ts";
import type { Health, ObjectHealth } from "./workload-status.ts";

const ref = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "web" };
const seen = (replicas: number, ready: number, health: Health): ObjectHealth => ({
  health,
  message: "",
  replicas,
  ready,
  updated: ready,
  available: ready,
});

test.each<[readonly Health[], Health]>([
  [[], "missing"],
  [["healthy", "healthy"], "healthy"],
  [["failed"], "failed"],
  [["unknown", "unknown"], "unknown"],
  [["healthy", "progressing"], "progressing"],
  [["healthy", "failed"], "degraded"],
  [["progressing", "unknown"], "degraded"],
  [["healthy", "missing"], "degraded"],
])("%j together are %s", (parts, whole) => {
  expect(aggregateHealth(parts)).toBe(whole);
});

test("members add up, and one that was not read counts with its share", () => {
  const shares = [
    { cluster: "a", replicas: 3 },
    { cluster: "b", replicas: 2 },
  ];
  const status = buildWorkloadStatus({ ref, replicas: 5, shares, hasPods: true }, [
    { cluster: "b", seen: { unread: "down" } },
    { cluster: "a", seen: seen(3, 2, "progressing") },
  ]);
  expect(status.replicas).toEqual({ desired: 5, ready: 2, updated: 2, available: 2 });
  expect(status.health).toBe("degraded");
  expect(status.clusters).toEqual([
    { cluster: "a", health: "progressing", replicas: 3, ready: 2, message: "" },
    { cluster: "b", health: "unknown", replicas: 2, ready: 0, message: "down" },
  ]);
});

test("replicas without a place are wanted too: all placed ones healthy is not all well", () => {
  const status = buildWorkloadStatus({ ref, replicas: 5, shares: [{ cluster: "a", replicas: 3 }], hasPods: true }, [
    { cluster: "a", seen: seen(3, 3, "healthy") },
  ]);
  expect([status.replicas.desired, status.health]).toEqual([5, "degraded"]);
});

test("nothing asked for and nothing there is well", () => {
  expect(buildWorkloadStatus({ ref, replicas: 0, shares: [], hasPods: true }, []).health).toBe("healthy");
  expect(buildWorkloadStatus({ ref, replicas: 2, shares: [], hasPods: true }, []).health).toBe("missing");
});

test("what is wanted does not follow what someone has scaled by hand", () => {
  const shares = [
    { cluster: "a", replicas: 2 },
    { cluster: "b", replicas: 2 },
  ];
  const wanted = { ref, replicas: 4, shares, hasPods: true };
  const more = buildWorkloadStatus(wanted, [
    { cluster: "a", seen: seen(7, 7, "healthy") },
    { cluster: "b", seen: seen(2, 2, "healthy") },
  ]);
  expect([more.replicas, more.health]).toMatchObject([{ desired: 4, ready: 9 }, "healthy"]);
  expect(more.clusters[0]?.message).toBe("asks for 7, its share is 2");
  const less = buildWorkloadStatus(wanted, [
    { cluster: "a", seen: seen(1, 1, "healthy") },
    { cluster: "b", seen: seen(2, 2, "healthy") },
  ]);
  expect([less.replicas.desired, less.health, less.clusters[0]?.health]).toEqual([4, "degraded", "degraded"]);
  const scaled = buildWorkloadStatus({ ...wanted, isAutoscaled: true }, [
    { cluster: "a", seen: seen(7, 7, "healthy") },
    { cluster: "b", seen: seen(2, 2, "healthy") },
  ]);
  expect([scaled.replicas.desired, scaled.health]).toEqual([9, "healthy"]);
});
