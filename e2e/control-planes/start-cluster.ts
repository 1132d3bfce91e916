import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { createRawClient, type RawClient } from "../http/raw-client.ts";
import { until } from "../until.ts";
import type { ToolName } from "./binaries/tools.ts";
import { issueCertificates } from "./certificates.ts";
import { compactEtcd } from "./compact-etcd.ts";
import { COMPONENTS, componentArguments, type Component, type ComponentSettings } from "./component-arguments.ts";
import type { ControlPlane, ControlPlanesOptions, TokenUser } from "./control-plane.ts";
import { fakeNode } from "./fake/fake-node.ts";
import { placeOf, type Place } from "./fake/place.ts";
import { stagesFile } from "./fake/stages.ts";
import { kubeconfigFile } from "./kubeconfig.ts";
import type { ProcessGroup, Program } from "./process/process-group.ts";

export interface ClusterDeps {
  readonly group: ProcessGroup;
  readonly binaries: ReadonlyMap<ToolName, string>;
  readonly options: ControlPlanesOptions;
}

export interface ClusterSlot extends Omit<ComponentSettings, "apiServerFlags"> {
  /** The fleet's folder; the cluster makes its own inside. */
  readonly folder: string;
}

/** Boots one control plane and waits until it can run pods. */
export async function startCluster(deps: ClusterDeps, slot: ClusterSlot): Promise<ControlPlane> {
  const { options } = deps;
  const place = placeOf(slot.index);
  const folder = path.join(slot.folder, place.name);
  await mkdir(folder, { mode: 0o700 });
  const url = `https://127.0.0.1:${slot.apiPort}`;
  const { caPem, adminCertPem, adminKeyPem } = await issueCertificates(folder, place.name);
  const tokens = newTokens();
  await writeConfiguration(folder, tokens, { name: place.name, server: url, caPem }, options.files ?? {});
  const admin = createRawClient({ url, caPem, certPem: adminCertPem, keyPem: adminKeyPem });
  const programs = createPrograms(deps, folder, { ...slot, apiServerFlags: options.apiServerFlags ?? [] });
  programs.start("etcd");
  programs.start("kube-apiserver");
  await waitReady(programs, place, admin);
  for (const name of ["kube-controller-manager", "kube-scheduler", "kwok"] as const) programs.start(name);
  await programs.explain(waitUsable(admin, place, slot.index, options.nodes));
  const restart = async (component: Component): Promise<void> => {
    await programs.restart(component);
    if (component === "kube-apiserver") await waitReady(programs, place, admin);
  };
  return {
    name: place.name,
    place,
    url,
    caPem,
    etcdUrl: `http://127.0.0.1:${slot.etcdPort}`,
    adminCertificate: { certPem: adminCertPem, keyPem: adminKeyPem },
    folder,
    admin,
    tokens: { admin: tokens.admin, viewer: tokens.viewer, tenant: tokens.tenant },
    kill: (component) => programs.get(component).kill(),
    restart,
    pause: (component) => programs.get(component).signal("SIGSTOP"),
    resume: (component) => programs.get(component).signal("SIGCONT"),
    async compact() {
      await compactEtcd(`http://127.0.0.1:${slot.etcdPort}`);
      await restart("kube-apiserver");
    },
    async stop() {
      admin[Symbol.dispose]();
      for (const name of COMPONENTS.toReversed()) await programs.get(name).stop();
    },
  };
}

interface Programs {
  start(component: Component): void;
  restart(component: Component): Promise<void>;
  get(component: Component): Program;
  /** Adds the ends of all logs to a failure. */
  explain<T>(waiting: Promise<T>): Promise<T>;
}

function createPrograms(deps: ClusterDeps, folder: string, settings: ComponentSettings): Programs {
  const started = new Map<Component, Program>();
  const get = (component: Component): Program => {
    const program = started.get(component);
    if (program === undefined) throw new Error(`${component} in ${folder} has not been started`);
    return program;
  };
  const start = (component: Component): void => {
    const file = deps.binaries.get(component);
    if (file === undefined) throw new Error(`${component} is not built`);
    const args = componentArguments(component, settings);
    started.set(component, deps.group.start({ name: component, file, args, folder }));
  };
  return {
    start,
    get,
    async restart(component) {
      await get(component).kill();
      start(component);
    },
    async explain(waiting) {
      try {
        return await waiting;
      } catch (error) {
        const logs = await Promise.all([...started].map(async ([name, one]) => `--- ${name}\n${await one.logTail()}`));
        throw new Error(`${String(error)}\n${logs.join("\n")}`, { cause: error });
      }
    },
  };
}

type InternalUser = TokenUser | "controller-manager" | "scheduler" | "kwok";

/** Columns of the static token file: token, user, uid, groups. Source: kube-apiserver `--token-auth-file`. */
const USERS: Readonly<Record<InternalUser, string>> = {
  admin: 'admin-by-token,1,"system:masters"',
  viewer: "viewer,2",
  tenant: "tenant,3",
  "controller-manager": "system:kube-controller-manager,4",
  scheduler: "system:kube-scheduler,5",
  kwok: 'kwok,6,"system:masters"',
};

function newTokens(): Readonly<Record<InternalUser, string>> {
  const token = (): string => randomBytes(24).toString("hex");
  return {
    admin: token(),
    viewer: token(),
    tenant: token(),
    "controller-manager": token(),
    scheduler: token(),
    kwok: token(),
  };
}

async function writeConfiguration(
  folder: string,
  tokens: Readonly<Record<InternalUser, string>>,
  access: { readonly name: string; readonly server: string; readonly caPem: string },
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const write = (file: string, text: string): Promise<void> =>
    writeFile(path.join(folder, file), text, { mode: 0o600 });
  const users = Object.keys(USERS) as InternalUser[];
  await write("tokens.csv", users.map((user) => `${tokens[user]},${USERS[user]}\n`).join(""));
  for (const user of ["controller-manager", "scheduler", "kwok"] as const)
    await write(`${user}.kubeconfig`, kubeconfigFile([{ ...access, user: { token: tokens[user] } }]));
  await write("stages.yaml", stagesFile());
  for (const [file, text] of Object.entries(files)) await write(file, text);
}

/** Fails at once when the API server or etcd has ended, instead of waiting for an answer that cannot come. */
async function waitReady(programs: Programs, place: Place, admin: RawClient): Promise<void> {
  const probe = async (): Promise<boolean | Error> => {
    const ended = (["etcd", "kube-apiserver"] as const).find((name) => !programs.get(name).isRunning());
    if (ended !== undefined) return new Error(`${ended} of ${place.name} ended while starting`);
    return (await admin.send({ method: "GET", path: "/readyz", timeoutMs: 5_000 })).status === 200;
  };
  const waiting = until(`${place.name}'s API server to be ready`, probe, { timeoutMs: 120_000 });
  await programs.explain(
    waiting.then((outcome) => {
      if (outcome instanceof Error) throw outcome;
    }),
  );
}

async function waitUsable(admin: RawClient, place: Place, clusterIndex: number, nodes: number): Promise<void> {
  const creating = Array.from({ length: nodes }, (_, nodeIndex) =>
    until(`${place.name} to take node ${nodeIndex + 1}`, async () => {
      const body = fakeNode(place, clusterIndex, nodeIndex);
      const { status } = await admin.send({ method: "POST", path: "/api/v1/nodes", body });
      return status === 201 || status === 409;
    }),
  );
  await Promise.all(creating);
  await until(`${nodes} ready nodes in ${place.name}`, async () => (await readyNodes(admin)) === nodes, {
    timeoutMs: 120_000,
  });
  await until(`the default service account of ${place.name}`, async () => {
    const path = "/api/v1/namespaces/default/serviceaccounts/default";
    return (await admin.send({ method: "GET", path })).status === 200;
  });
}

async function readyNodes(admin: RawClient): Promise<number> {
  const { json } = await admin.send({ method: "GET", path: "/api/v1/nodes" });
  const { items = [] } = json as { readonly items?: readonly NodeFacts[] };
  const isReady = ({ spec, status }: NodeFacts): boolean =>
    (spec?.taints ?? []).length === 0 &&
    (status?.conditions ?? []).some((condition) => condition.type === "Ready" && condition.status === "True");
  return items.filter(isReady).length;
}

interface NodeFacts {
  readonly spec?: { readonly taints?: readonly unknown[] };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}
