import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createCallPolicy, isJsonObject } from "@flotilla/core";
import { createVirtualClock } from "@flotilla/testing";
import { describe, expect, test } from "vitest";
import { toCluster } from "./cluster-model.ts";
import { openComputeClient } from "./compute-client.ts";
import { openContainerClient } from "./container-client.ts";
import { toCloudError } from "./errors.ts";
import type { GcpSession } from "./gcp-session.ts";
import { toNodePool } from "./node-pool-model.ts";
import { openSession } from "./open-session.ts";
import { readFailure } from "./read-failure.ts";

/** Recorded answers of the real services, kept outside of the repository; see its README for where they are from. */
const FOLDER = join(
  process.env["FLOTILLA_RECORDED"] ?? join(import.meta.dirname, "../../../../shared/recorded"),
  "gcp",
);
const isAbsent = !existsSync(FOLDER);
const WHY = isAbsent ? " (skipped: FLOTILLA_RECORDED names no folder of recordings)" : "";

interface Exchange {
  readonly file: string;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly body: unknown;
}

function exchanges(): readonly Exchange[] {
  if (isAbsent) return [];
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .flatMap((file) => {
      const { exchanges: all } = JSON.parse(readFileSync(`${FOLDER}/${file}`, "utf8")) as {
        readonly exchanges: readonly {
          readonly request: { readonly method: string; readonly url: string };
          readonly response: { readonly status: number; readonly body: unknown };
        }[];
      };
      return all.map(({ request, response }) => ({ file, method: request.method, url: request.url, ...response }));
    });
}

/** A session whose every request gets this answer. */
function sessionThatGets(body: unknown): GcpSession {
  const clock = createVirtualClock(0);
  return openSession(
    {},
    {
      env: {},
      clock,
      policy: createCallPolicy({ clock, random: { next: () => 0 } }),
      credentials: async () => ({ value: "token-of-nobody", expiresAtMs: null }),
      fetch: async () => new Response(JSON.stringify(body)),
    },
  );
}

const ctx = { signal: new AbortController().signal };
const fine = exchanges().filter(({ method, status }) => method === "GET" && status === 200);
const at = (pattern: RegExp) => fine.filter(({ url }) => pattern.test(url.split("?")[0] ?? ""));

describe.skipIf(isAbsent)(`recorded answers are read by our own client files${WHY}`, () => {
  test("every cluster, alone and in lists", async () => {
    const bodies = [
      ...at(/\/clusters\/[^/]+$/).map(({ body }) => body),
      ...at(/\/clusters$/).flatMap(({ body }) =>
        isJsonObject(body) ? ((body["clusters"] ?? []) as readonly unknown[]) : [],
      ),
    ];
    expect(bodies.length).toBeGreaterThan(10);
    for (const body of bodies) {
      const container = await openContainerClient(sessionThatGets(body));
      const wire = body as Readonly<Record<string, unknown>>;
      const cluster = await container.getCluster({ project: "p", location: "l", name: "n" }, ctx);
      const facts = toCluster({ project: "p", cluster, groups: new Map(), subnetCidrs: [], isLocalCloud: false });
      expect(facts.name).toBe(wire["name"]);
      expect(facts.phase).not.toBe("unknown");
      expect(facts.kubernetesVersion).toBe(wire["currentMasterVersion"] ?? wire["initialClusterVersion"]);
      expect(facts.createdAtMs).toBe(Date.parse(String(wire["createTime"])));
      expect(facts.nodePools.map(({ name }) => name)).toEqual(
        ((wire["nodePools"] ?? []) as readonly { readonly name: string }[]).map(({ name }) => name),
      );
      const counted = facts.nodePools.reduce((sum, { nodes }) => sum + (nodes ?? Number.NaN), 0);
      if (facts.nodePools.length > 0 && typeof wire["currentNodeCount"] === "number") {
        expect(Number.isNaN(counted) || counted === wire["currentNodeCount"], `${counted} nodes`).toBe(true);
      }
      expect(JSON.parse(JSON.stringify({ ...facts, raw: null }))).toEqual({ ...facts, raw: null });
    }
  });

  test("every list and every pool", async () => {
    const lists = at(/\/clusters$/);
    expect(lists.length).toBeGreaterThan(2);
    for (const { body } of lists) {
      const { clusters } = await (await openContainerClient(sessionThatGets(body))).listClusters("p", ctx);
      expect(clusters).toHaveLength(((body as { clusters?: readonly unknown[] }).clusters ?? []).length);
    }
    for (const { body } of at(/\/nodePools\/[^/]+$/)) {
      const wire = body as { readonly name: string; readonly version: string };
      const pool = toNodePool(wire, ["z"], null);
      expect([pool.name, pool.kubernetesVersion, pool.phase === "unknown"]).toEqual([wire.name, wire.version, false]);
    }
  });

  test("every instance group", async () => {
    const groups = at(/\/instanceGroupManagers\/[^/]+$/);
    expect(groups.length).toBeGreaterThan(2);
    for (const { body } of groups) {
      const items = { "zones/z": { instanceGroupManagers: [body] } };
      const sizes = await (await openComputeClient(sessionThatGets({ items }))).nodeGroupSizes("p", ctx);
      const wire = body as { readonly targetSize?: number; readonly name: string };
      expect([...sizes]).toEqual([[expect.stringMatching(/^[\w-]+\/gke-/), wire.targetSize ?? 0]]);
    }
  });

  test("every refusal has a kind that says more than 'internal'", () => {
    const refused = exchanges().filter(({ status }) => status >= 400);
    expect(refused.length).toBeGreaterThan(5);
    for (const { file, url, status, body } of refused) {
      const answer = {
        service: "gcp",
        action: url,
        status,
        headers: new Headers(),
        text: JSON.stringify(body),
        nowMs: 0,
        members: [],
        mayBeEmpty: false,
      };
      const failure = readFailure(answer);
      const kind = failure === undefined ? "none" : toCloudError(failure).kind;
      expect(["exists", "busy", "quota", "notFound", "stale", "invalid"], `${file} ${status}`).toContain(kind);
    }
  });

  test.for([
    [/alreadyExists/, "exists"],
    [/incompatible operation/, "busy"],
    [/currently upgrading cluster/, "busy"],
    [/currently being created, deleted/, "busy"],
    [/Insufficient regional quota/, "quota"],
  ] as const)("the reported %s is %s", ([pattern, kind]) => {
    const found = exchanges().find(({ status, body }) => status >= 400 && pattern.test(JSON.stringify(body)));
    const { status = 0, body } = found ?? {};
    const failure = readFailure({
      service: "",
      action: "",
      status,
      headers: new Headers(),
      text: JSON.stringify(body),
      nowMs: 0,
      members: [],
      mayBeEmpty: false,
    });
    expect(failure === undefined ? undefined : toCloudError(failure).kind).toBe(kind);
  });
});
