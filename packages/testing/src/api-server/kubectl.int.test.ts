import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApiServer } from "./api-server.ts";
import type { Json } from "./json/json.ts";
import { startApiServer } from "./start-api-server.ts";

const hasKubectl = spawnSync("kubectl", ["version", "--client"]).status === 0;
const title = hasKubectl ? "kubectl" : "kubectl (skipped: there is none on this machine's PATH)";

const labels = { app: "web" };
const template = {
  metadata: { labels },
  spec: { containers: [{ name: "c", image: "web:1", ports: [{ containerPort: 80 }] }] },
};
const manifests: Json = {
  apiVersion: "v1",
  kind: "List",
  items: [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", labels },
      spec: { replicas: 2, selector: { matchLabels: labels }, template },
    },
    { apiVersion: "v1", kind: "Service", metadata: { name: "web" }, spec: { selector: labels, ports: [{ port: 80 }] } },
  ],
};

describe.skipIf(!hasKubectl)(title, { timeout: 60_000 }, () => {
  let server: ApiServer;
  let folder: string;
  beforeAll(async () => {
    server = await startApiServer({ nodes: [{ name: "n1", cpu: "8", memory: "16Gi" }] });
    folder = mkdtempSync(path.join(tmpdir(), "kubectl-"));
    writeFileSync(path.join(folder, "config"), JSON.stringify(server.kubeconfig()));
    writeFileSync(
      path.join(folder, "certificate"),
      JSON.stringify(server.kubeconfig({ auth: "certificate", user: { name: "bob", groups: ["system:masters"] } })),
    );
    writeFileSync(path.join(folder, "app.json"), JSON.stringify(manifests));
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  /** Runs kubectl; asynchronous, because the server answers in this process. */
  const kubectl = (
    ...words: readonly string[]
  ): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> => {
    const home = { HOME: folder, KUBECONFIG: path.join(folder, "config"), PATH: process.env["PATH"] };
    const child = spawn(
      "kubectl",
      words.map((word) => word.replace("$DIR", folder)),
      { env: home, stdio: ["ignore", "pipe", "pipe"] },
    );
    const text = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text.out += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text.err += chunk));
    const { promise, resolve, reject } = Promise.withResolvers<{
      readonly code: number | null;
      readonly out: string;
      readonly err: string;
    }>();
    child.on("error", reject).on("close", (code) => resolve({ code, ...text }));
    return promise;
  };
  const ok = async (...words: readonly string[]): Promise<string> => {
    const done = await kubectl(...words);
    if (done.code !== 0) throw new Error(`kubectl ${words.join(" ")}: ${done.err}`);
    return done.out.trim();
  };

  test("applies, waits, shows, scales, patches and deletes", async () => {
    expect(await ok("apply", "-f", "$DIR/app.json")).toBe("deployment.apps/web created\nservice/web created");
    expect(await ok("rollout", "status", "deployment/web", "--timeout=20s")).toContain("successfully rolled out");
    expect(await ok("get", "deployment", "web", "--no-headers")).toMatch(/^web +2\/2 +2 +2 +\d+s$/);
    expect(await ok("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[*].status.phase}")).toBe("Running Running");
    expect(await ok("scale", "deployment/web", "--replicas=3")).toBe("deployment.apps/web scaled");
    expect(
      await ok("wait", "--for=jsonpath={.status.availableReplicas}=3", "deployment/web", "--timeout=20s"),
    ).toContain("condition met");
    expect(await ok("label", "deployment", "web", "tier=gold")).toBe("deployment.apps/web labeled");
    expect(await ok("set", "image", "deployment/web", "c=web:2")).toBe("deployment.apps/web image updated");
    expect(await ok("rollout", "status", "deployment/web", "--timeout=20s")).toContain("successfully rolled out");
    const difference = await kubectl("diff", "-f", "$DIR/app.json");
    expect([difference.code, /-\s+- image: web:2/.test(difference.out)]).toEqual([1, true]);
    expect(await ok("apply", "-f", "$DIR/app.json")).toBe("deployment.apps/web configured\nservice/web unchanged");
    expect(await ok("delete", "-f", "$DIR/app.json")).toContain('deployment.apps "web" deleted');
    expect(await ok("get", "deployments", "-o", "name")).toBe("");
  });

  test("applies on the server's side, and is told of conflicts", async () => {
    expect(await ok("apply", "--server-side", "-f", "$DIR/app.json")).toBe(
      "deployment.apps/web serverside-applied\nservice/web serverside-applied",
    );
    await ok("scale", "deployment/web", "--replicas=1");
    const refused = await kubectl("apply", "--server-side", "-f", "$DIR/app.json");
    expect(refused.err).toContain(
      'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
    );
    await ok("apply", "--server-side", "--force-conflicts", "-f", "$DIR/app.json");
    expect(await ok("get", "deployment", "web", "-o", "jsonpath={.spec.replicas}")).toBe("2");
    await ok("delete", "-f", "$DIR/app.json");
  });

  test("creates from its own generators, in protobuf", async () => {
    await ok("create", "namespace", "team");
    await ok("create", "deployment", "made", "--image=made:1", "--replicas=2", "--port=80", "-n", "team");
    await ok("create", "configmap", "made", "--from-literal=a=b", "-n", "team");
    await ok("create", "secret", "generic", "made", "--from-literal=a=b", "-n", "team");
    await ok("create", "job", "made", "--image=made:1", "-n", "team");
    await ok("wait", "--for=condition=complete", "job/made", "-n", "team", "--timeout=20s");
    await ok("create", "role", "made", "--verb=get,list", "--resource=pods", "-n", "team");
    await ok("create", "ingress", "made", "--rule=a.b/c=made:80", "-n", "team");
    const objects = server.objects();
    expect(objects.get("apps/v1", "Deployment", "team", "made")).toMatchObject({
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: "made" } },
        template: { spec: { containers: [{ image: "made:1", ports: [{ containerPort: 80 }] }] } },
      },
    });
    expect(objects.get("v1", "Secret", "team", "made")).toMatchObject({ data: { a: "Yg==" } });
    expect(objects.get("rbac.authorization.k8s.io/v1", "Role", "team", "made")).toMatchObject({
      rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }],
    });
    expect(objects.get("networking.k8s.io/v1", "Ingress", "team", "made")).toMatchObject({
      spec: {
        rules: [
          {
            host: "a.b",
            http: { paths: [{ path: "/c", backend: { service: { name: "made", port: { number: 80 } } } }] },
          },
        ],
      },
    });
    await ok("delete", "namespace", "team", "--timeout=20s");
    expect(objects.list("v1", "Namespace").map((one) => one.metadata.name)).not.toContain("team");
  });

  test("knows itself by certificate, the kinds by discovery and their fields by OpenAPI", async () => {
    expect(
      await ok("--kubeconfig", "$DIR/certificate", "auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"),
    ).toBe("bob");
    expect(await ok("auth", "can-i", "delete", "nodes")).toBe("yes");
    expect(await ok("api-resources", "--api-group=apps", "-o", "name")).toContain("statefulsets.apps");
    expect(await ok("explain", "deployment.spec.strategy")).toContain("rollingUpdate\t<RollingUpdateDeployment>");
    expect(await ok("version")).toContain("Server Version: v1.36.3");
  });

  test("drains a node", async () => {
    await ok("apply", "-f", "$DIR/app.json");
    await ok("rollout", "status", "deployment/web", "--timeout=20s");
    await ok("drain", "n1", "--timeout=20s", "--force");
    expect(await ok("get", "node", "n1", "-o", "jsonpath={.spec.unschedulable}")).toBe("true");
    await ok("uncordon", "n1");
    await ok("rollout", "status", "deployment/web", "--timeout=20s");
    await ok("delete", "-f", "$DIR/app.json");
  });
});
