import { describe, expect, test } from "vitest";
import { RawClient } from "./client/raw-client.ts";
import { eventually, serverUnderTest } from "./client/server-under-test.ts";
import { listAt, objectsAt, stringAt, type JsonObject } from "./json/json.ts";

const MAPS = "/api/v1/namespaces/default/configmaps";
const MERGE = "application/merge-patch+json";
const map = (name: string, rest: JsonObject = {}): JsonObject => ({ metadata: { name, ...rest } });
const never = new AbortController().signal;

describe("who asks, and what he may do", () => {
  test("strangers are unknown, readers may read, and everybody may see what kinds there are", async () => {
    const roles = { "group:readers": [{ verbs: ["get", "list"], resources: ["configmaps"], namespaces: ["default"] }] };
    const authenticate = (token: string): Promise<{ name: string; groups: string[] } | undefined> =>
      Promise.resolve(token === "hooked" ? { name: "hook", groups: ["readers"] } : undefined);
    await using under = await serverUnderTest({
      tokens: { t: { name: "ann", groups: ["readers"] }, v: { name: "viewer" } },
      roles,
      authenticate,
    });
    const status = async (token: string, method: string, path: string): Promise<number> => {
      using client = new RawClient(under.server, { token });
      return (await client.send(method, path)).status;
    };
    expect(await status("wrong", "GET", "/version")).toBe(401);
    expect(await status("v", "GET", "/apis")).toBe(200);
    for (const token of ["t", "hooked"]) {
      expect(await status(token, "GET", MAPS)).toBe(200);
      expect(await status(token, "DELETE", `${MAPS}/x`)).toBe(403);
      expect(await status(token, "GET", "/api/v1/namespaces/kube-system/configmaps")).toBe(403);
    }
    using viewer = new RawClient(under.server, { token: "v" });
    const refused = await viewer.send("GET", "/api/v1/nodes");
    expect(refused.body).toMatchObject({
      message: 'nodes is forbidden: User "viewer" cannot list resource "nodes" in API group "" at the cluster scope',
      reason: "Forbidden",
      details: { kind: "nodes" },
    });
  });

  test("a client certificate carries a name and groups", async () => {
    await using under = await serverUnderTest();
    const certificate = await under.server.issueClientCertificate({ name: "bob", groups: ["a", "system:masters"] });
    using client = new RawClient(under.server, { certificate });
    const review = await client.send("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", { body: {} });
    expect(review.body).toMatchObject({
      status: { userInfo: { username: "bob", groups: ["a", "system:masters", "system:authenticated"] } },
    });
    const other = await serverUnderTest();
    using foreign = new RawClient(under.server, {
      certificate: await other.server.issueClientCertificate({ name: "eve", groups: ["system:masters"] }),
    });
    expect((await foreign.send("GET", "/version")).status).toBe(401);
    await other.server.close();
  });

  test("no token is written into the request log", async () => {
    await using under = await serverUnderTest();
    await under.ok("GET", `${MAPS}?limit=5`);
    expect(
      under.server.requests.map(({ method, path, verb, user, status }) => ({ method, path, verb, user, status })),
    ).toEqual([{ method: "GET", path: `${MAPS}?limit=5`, verb: "list", user: "admin", status: 200 }]);
    expect(JSON.stringify(under.server.requests)).not.toContain(under.server.adminToken);
  });
});

describe("what goes with what", () => {
  const owned = (name: string, owner: JsonObject): JsonObject =>
    map(name, {
      ownerReferences: [
        {
          apiVersion: "v1",
          kind: "ConfigMap",
          name: stringAt(owner, "metadata", "name") ?? "",
          uid: stringAt(owner, "metadata", "uid") ?? "",
          blockOwnerDeletion: true,
        },
      ],
    });

  test("dependents go in the background, first in the foreground, or stay as orphans", async () => {
    await using under = await serverUnderTest();
    const has = (name: string): boolean => under.server.objects().get("v1", "ConfigMap", "default", name) !== undefined;
    const ownersOf = (name: string): unknown =>
      under.server.objects().get("v1", "ConfigMap", "default", name)?.metadata.ownerReferences;
    for (const policy of ["Background", "Foreground", "Orphan"]) {
      const owner = await under.ok("POST", MAPS, map("owner"));
      await under.ok("POST", MAPS, owned("dependent", owner));
      await under.ok("DELETE", `${MAPS}/owner`, { propagationPolicy: policy });
      await eventually(`${policy}: the owner is gone`, () => !has("owner"));
      await eventually(
        `${policy}: the dependent is gone, or free`,
        () => has("dependent") === (policy === "Orphan") && ownersOf("dependent") === undefined,
      );
    }
  });

  test("an owner deleted in the foreground waits for a dependent that something holds", async () => {
    await using under = await serverUnderTest();
    const owner = await under.ok("POST", MAPS, map("owner"));
    const held = owned("dependent", owner);
    await under.ok("POST", MAPS, {
      ...held,
      metadata: { ...(held["metadata"] as JsonObject), finalizers: ["x.y/hold"] },
    });
    await under.ok("DELETE", `${MAPS}/owner`, { propagationPolicy: "Foreground" });
    const dependent = (): unknown =>
      under.server.objects().get("v1", "ConfigMap", "default", "dependent")?.metadata.deletionTimestamp;
    await eventually("the dependent is being deleted", () => dependent() !== undefined);
    expect(listAt(await under.ok("GET", `${MAPS}/owner`), "metadata", "finalizers")).toEqual(["foregroundDeletion"]);
    await under.ok("PATCH", `${MAPS}/dependent`, { metadata: { finalizers: null } }, MERGE);
    await eventually(
      "the owner is gone",
      () => under.server.objects().get("v1", "ConfigMap", "default", "owner") === undefined,
    );
  });

  test("an object whose owner never was is collected", async () => {
    await using under = await serverUnderTest();
    await under.ok(
      "POST",
      MAPS,
      owned("lost", { metadata: { name: "nobody", uid: "00000000-0000-4000-8000-000000000000" } }),
    );
    await eventually(
      "it is gone",
      () => under.server.objects().get("v1", "ConfigMap", "default", "lost") === undefined,
    );
  });

  test("a namespace starts with an account and a CA, refuses newcomers when it goes, and takes its objects along", async () => {
    await using under = await serverUnderTest();
    await under.ok("POST", "/api/v1/namespaces", { metadata: { name: "team" } });
    const read = (kind: string, name: string): unknown => under.server.objects().get("v1", kind, "team", name);
    await eventually(
      "its default objects",
      () => read("ServiceAccount", "default") !== undefined && read("ConfigMap", "kube-root-ca.crt") !== undefined,
    );
    await under.ok("POST", "/api/v1/namespaces/team/configmaps", map("held", { finalizers: ["x.y/hold"] }));
    await under.ok("DELETE", "/api/v1/namespaces/team");
    await eventually("it empties itself", () => read("ServiceAccount", "default") === undefined);
    const late = await under.client.send("POST", "/api/v1/namespaces/team/configmaps", { body: map("late") });
    expect([late.status, objectsAt(late.body, "details", "causes").map((cause) => cause["reason"])]).toEqual([
      403,
      ["NamespaceTerminating"],
    ]);
    await under.ok("PATCH", "/api/v1/namespaces/team/configmaps/held", { metadata: { finalizers: null } }, MERGE);
    await eventually(
      "it is gone",
      () => under.server.objects().get("v1", "Namespace", undefined, "team") === undefined,
    );
  });

  test("a custom definition brings its kind at once, and takes its objects along", async () => {
    await using under = await serverUnderTest();
    const definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    const versions = ["v1", "v1beta1"].map((name) => ({
      name,
      served: true,
      storage: name === "v1",
      schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
    }));
    await under.ok("POST", definitions, {
      metadata: { name: "foos.ex.io" },
      spec: { group: "ex.io", scope: "Cluster", names: { plural: "foos", kind: "Foo" }, versions },
    });
    await eventually(
      "it is served",
      () =>
        under.server.objects().get("apiextensions.k8s.io/v1", "CustomResourceDefinition", undefined, "foos.ex.io")?.[
          "status"
        ] !== undefined,
    );
    await under.ok("POST", "/apis/ex.io/v1/foos", {
      apiVersion: "ex.io/v1",
      kind: "Foo",
      metadata: { name: "f" },
      spec: { any: [1] },
    });
    expect(await under.ok("GET", "/apis/ex.io/v1beta1/foos/f")).toMatchObject({
      apiVersion: "ex.io/v1beta1",
      spec: { any: [1] },
    });
    expect(await under.ok("GET", "/apis/ex.io")).toMatchObject({
      preferredVersion: { version: "v1" },
      versions: [{ version: "v1" }, { version: "v1beta1" }],
    });
    await under.ok("DELETE", `${definitions}/foos.ex.io`);
    await eventually("the kind is gone", () => under.server.objects().list("ex.io/v1", "Foo").length === 0);
    await eventually(
      "its path is gone",
      () =>
        under.server.objects().get("apiextensions.k8s.io/v1", "CustomResourceDefinition", undefined, "foos.ex.io") ===
        undefined,
    );
    expect((await under.client.send("GET", "/apis/ex.io/v1/foos")).status).toBe(404);
  });
});

describe("what goes wrong on purpose", () => {
  test("an injected status comes once, after those let through, with its headers", async () => {
    await using under = await serverUnderTest();
    const fault = under.server.faults.add({
      match: { verb: "list", path: MAPS },
      after: 1,
      action: { kind: "status", code: 429, headers: { "retry-after": "7" } },
    });
    const answers = [
      await under.client.send("GET", MAPS),
      await under.client.send("GET", MAPS),
      await under.client.send("GET", MAPS),
    ];
    expect(answers.map((one) => [one.status, one.headers["retry-after"]])).toEqual([
      [200, undefined],
      [429, "7"],
      [200, undefined],
    ]);
    expect(fault.hits).toBe(1);
  });

  test("a lost response has taken effect, a reset has not, a truncated one ends early", async () => {
    await using under = await serverUnderTest();
    const add = (name: string): Promise<unknown> => under.client.send("POST", MAPS, { body: map(name) });
    const exists = (name: string): boolean =>
      under.server.objects().get("v1", "ConfigMap", "default", name) !== undefined;
    for (const kind of ["lostResponse", "reset"] as const) {
      under.server.faults.add({ match: { method: "POST" }, action: { kind } });
      await expect(add(kind.toLowerCase())).rejects.toThrow(/hang up|ECONNRESET/);
      expect([kind, exists(kind.toLowerCase())]).toEqual([kind, kind === "lostResponse"]);
    }
    under.server.faults.add({ action: { kind: "truncate" } });
    await expect(under.client.send("GET", MAPS)).rejects.toThrow(/aborted|hang up|ECONNRESET/);
  });

  test("a paused server takes connections and answers when it goes on", async () => {
    await using under = await serverUnderTest();
    await under.ok("GET", "/version");
    under.server.pause();
    using late = new RawClient(under.server);
    const [old, fresh] = [under.client.send("GET", "/version"), late.send("GET", "/version")];
    const first = await Promise.race([
      old,
      fresh,
      new Promise<string>((resolve) => setTimeout(() => resolve("silence"), 100)),
    ]);
    expect(first).toBe("silence");
    under.server.resume();
    expect([(await old).status, (await fresh).status]).toEqual([200, 200]);
  });

  test("a killed server refuses, and comes back where it was with what it had", async () => {
    await using under = await serverUnderTest();
    await under.ok("POST", MAPS, map("kept"));
    const { url } = under.server;
    await under.server.kill();
    using late = new RawClient(under.server);
    await expect(late.send("GET", "/version")).rejects.toThrow("ECONNREFUSED");
    await under.server.restart();
    expect(under.server.url).toBe(url);
    expect(await under.ok("GET", `${MAPS}/kept`)).toMatchObject({ metadata: { name: "kept" } });
  });

  test("closing breaks open watches at once", async () => {
    const under = await serverUnderTest();
    const watch = under.client.lines(`${MAPS}?watch=1`, { signal: never }, () => {}).catch(() => "broken");
    await eventually("the watch is open", () => under.server.requests.some((one) => one.verb === "watch"));
    await under.server.close();
    await watch;
    await under.server.close();
    under.client[Symbol.dispose]();
  });
});
