import type { Ctx, KubeCluster, KubeObject } from "@flotilla/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EmbeddedFleet, startEmbeddedFleet } from "../../test-support/embedded-fleet.ts";
import { aConfigMap, aPlacement, aService, aWeb } from "../../test-support/some-manifests.ts";
import type { PlanInput, Scheduler } from "../create-scheduler.ts";

/**
 * The process dies at every write of a move from two members to one, before and after the write takes effect. Whatever was
 * done, a new process that knows nothing but the documents finishes the job and leaves nothing behind.
 */
let fleet: EmbeddedFleet;

beforeAll(async () => {
  fleet = await startEmbeddedFleet({ names: ["a", "b"], cpus: 64 });
});

afterAll(async () => {
  await fleet[Symbol.asyncDispose]();
});

class Died extends Error {}

interface Fuse {
  /** Writes until the process dies. */
  left: number;
  readonly isAfterEffect: boolean;
}

/** All members of one process share its fuse: once it is gone nothing gets out any more. */
function dying(kube: KubeCluster, fuse: Fuse): KubeCluster {
  const write = async <T>(effect: () => Promise<T>): Promise<T> => {
    fuse.left -= 1;
    if (fuse.left === 0 && fuse.isAfterEffect) await effect();
    if (fuse.left <= 0) throw new Died("the process is dead");
    return effect();
  };
  const read = <T>(effect: () => Promise<T>): Promise<T> => {
    if (fuse.left <= 0) throw new Died("the process is dead");
    return effect();
  };
  return new Proxy(kube, {
    get(target, property): unknown {
      switch (property) {
        case "apply":
          return (...args: Parameters<KubeCluster["apply"]>) => write(() => target.apply(...args));
        case "delete":
          return (...args: Parameters<KubeCluster["delete"]>) => write(() => target.delete(...args));
        case "get":
          return (...args: Parameters<KubeCluster["get"]>) => read(() => target.get(...args));
        default: {
          const value: unknown = Reflect.get(target, property);
          return typeof value === "function" ? value.bind(target) : value;
        }
      }
    },
  });
}

/** A scheduler of a process of its own, with no store. */
function aProcess(fuse: Fuse): Scheduler {
  const connect = (cluster: { readonly name: string }, _ctx: Ctx): Promise<KubeCluster> =>
    Promise.resolve(dying(fleet.connect(cluster.name), fuse));
  return fleet.schedulerWith({ connect, store: undefined as never });
}

async function applyOnce(input: PlanInput, fuse: Fuse): Promise<string> {
  const scheduler = aProcess(fuse);
  const plan = await scheduler.plan(input, fleet.ctx);
  const report = await scheduler.apply(plan, { timeoutMs: 5_000 }, fleet.ctx);
  const told = [...report.refusals, ...report.objects.filter(({ message }) => message !== undefined)].map(
    ({ message }) => message,
  );
  return [report.outcome, ...told].join(" | ");
}

const alive = (): Fuse => ({ left: Number.POSITIVE_INFINITY, isAfterEffect: false });

function before(namespace: string): PlanInput {
  return {
    documents: [
      aWeb({ namespace, replicas: 4, configMap: "old" }),
      aConfigMap("old", { a: "1" }, namespace),
      aService("web", "web", namespace),
    ],
  };
}

function after(namespace: string): PlanInput {
  const policy = aPlacement("web", { clusters: { names: ["b"] } }, namespace);
  return {
    documents: [
      aWeb({ namespace, replicas: 4, configMap: "new" }),
      aConfigMap("new", { a: "2" }, namespace),
      aService("web", "web", namespace),
      policy,
    ],
  };
}

/** Everything of ours in a namespace: what each member has, and what its inventories list. */
function stateOf(namespace: string): Record<string, unknown> {
  return Object.fromEntries(
    fleet.members.map(({ cluster, server }) => {
      const kinds = [
        ["apps/v1", "Deployment"],
        ["v1", "ConfigMap"],
        ["v1", "Service"],
      ] as const;
      const all = kinds.flatMap(([apiVersion, kind]) => server.objects().list(apiVersion, kind, namespace));
      const ours = all.filter(({ metadata }) => metadata.labels?.["flotilla.dev/fleet"] !== undefined);
      const inventories = ours.filter(({ metadata }) => metadata.labels?.["flotilla.dev/inventory"] !== undefined);
      const listed = inventories.flatMap(listedIn).sort();
      const there = ours
        .filter((object) => !inventories.includes(object))
        .map(nameOf)
        .sort();
      return [cluster.name, { there, listed }];
    }),
  );
}

function nameOf({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.name}`;
}

function listedIn(configMap: KubeObject): readonly string[] {
  const { objects } = JSON.parse((configMap["data"] as Record<string, string>)["inventory.json"] ?? "{}") as {
    objects: { kind: string; name: string }[];
  };
  return objects.map(({ kind, name }) => `${kind}/${name}`);
}

const wanted = ["ConfigMap/new", "Deployment/web", "Service/web"];

for (const isAfterEffect of [false, true]) {
  test(`dying at any write, ${isAfterEffect ? "after" : "before"} it takes effect, leaves nothing unlisted and the next run finishes`, async () => {
    let deaths = 0;
    for (let at = 1; ; at += 1) {
      const namespace = `n${at}-${isAfterEffect ? "after" : "before"}`;
      expect(await applyOnce(before(namespace), alive())).toBe("done");
      const fuse: Fuse = { left: at, isAfterEffect };
      await applyOnce(after(namespace), fuse).catch((error: unknown) => error);
      const broken = stateOf(namespace) as Record<string, { there: string[]; listed: string[] }>;
      for (const [member, { there, listed }] of Object.entries(broken)) {
        const unlisted = there.filter((name) => !listed.includes(name));
        expect({ at, member, unlisted }).toEqual({ at, member, unlisted: [] });
      }
      expect({ at, outcome: await applyOnce(after(namespace), alive()) }).toEqual({ at, outcome: "done" });
      expect({ at, state: stateOf(namespace) }).toEqual({
        at,
        state: { a: { there: [], listed: [] }, b: { there: wanted, listed: wanted } },
      });
      if (fuse.left > 0) break; // the run was over before the fuse
      deaths += 1;
    }
    // a: inventory, workload, two followers, inventory; b: inventory, three objects, the old one, inventory
    expect(deaths).toBeGreaterThanOrEqual(9);
  }, 120_000);
}
