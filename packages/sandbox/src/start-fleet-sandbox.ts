import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatClusterId } from "@flotilla/core";
import { startApiServer, type ApiServer } from "@flotilla/testing";
import { DEFAULT_MEMBERS } from "./default-members.ts";
import { fakeNodes } from "./fake-nodes.ts";
import { sampleApp } from "./sample-app.ts";
import { configFile, kubeconfigFile, priceFile, SANDBOX_PROVIDER, type RunningMember } from "./sandbox-files.ts";
import type { SandboxMember } from "./sandbox-member.ts";

/** Everything has a default: `startFleetSandbox()` gives five members in three clouds. */
export interface SandboxOptions {
  /** Where the files go; it must exist, and stays. Default: a new temporary folder that goes with the sandbox. */
  readonly folder?: string;
  readonly members?: readonly SandboxMember[];
  /** How long a pod takes from bound to ready. Default 150 ms: long enough to see progress. */
  readonly readyAfterMs?: number;
}

/** A fleet of emulated clusters in this process, and the files with which the `flotilla` command works on it. */
export interface FleetSandbox extends AsyncDisposable {
  readonly folder: string;
  /** `flotilla.yaml` */
  readonly configPath: string;
  /** A private file: it holds a token of every member. */
  readonly kubeconfigPath: string;
  /** A sample to plan and apply. */
  readonly appPath: string;
  readonly members: readonly SandboxMember[];
  /** The id of a member in the fleet. @throws RangeError for a name that is no member's */
  idOf(name: string): string;
  /** The API server that plays a member, for looking at what arrived. @throws RangeError */
  server(name: string): ApiServer;
  /** The member's API server is gone from one moment to the next, as in an outage of its zone. Its objects are kept. */
  kill(name: string): Promise<void>;
  /** It is back, at the same address and with what it had. */
  revive(name: string): Promise<void>;
}

const READY_AFTER_MS = 150;
/** The sandbox's prices are made up: their date says when. */
const PRICES_AS_OF = "2026-11-01";
const PRIVATE_FILE = 0o600;

/** Starts the members side by side and writes the files. Listens on 127.0.0.1 only. */
export async function startFleetSandbox(options: SandboxOptions = {}): Promise<FleetSandbox> {
  const members = options.members ?? DEFAULT_MEMBERS;
  await using cleanup = new AsyncDisposableStack();
  const folder = options.folder ?? (await temporaryFolder(cleanup));
  const running = await startMembers(members, options.readyAfterMs ?? READY_AFTER_MS, cleanup);
  const paths = await writeFiles(folder, running);
  const servers = new Map(running.map(({ member, server }) => [member.name, server]));
  const server = (name: string): ApiServer => {
    const found = servers.get(name);
    if (found === undefined)
      throw new RangeError(`the sandbox has no member "${name}": ${[...servers.keys()].join(", ")}`);
    return found;
  };
  // Everything is up: from here on it is the sandbox's to end.
  const owned = cleanup.move();
  return {
    folder,
    ...paths,
    members,
    server,
    idOf: (name) => (
      server(name),
      formatClusterId({ provider: "kubeconfig", scope: SANDBOX_PROVIDER, group: "-", name })
    ),
    kill: (name) => server(name).kill(),
    revive: (name) => server(name).restart(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function temporaryFolder(cleanup: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "flotilla-sandbox-"));
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function startMembers(
  members: readonly SandboxMember[],
  readyAfterMs: number,
  cleanup: AsyncDisposableStack,
): Promise<readonly RunningMember[]> {
  const starting = members.map(async (member, index): Promise<RunningMember> => {
    const { name, kubernetesVersion } = member;
    // A seed each: generated names are the same in every run, and differ from member to member.
    const seed = index + 1;
    const nodes = fakeNodes(member);
    const server = await startApiServer({ name, kubernetesVersion, nodes, readyAfterMs, seed, uid: uidOf(seed) });
    cleanup.use(server);
    return { member, server };
  });
  // All of them settle before one failure is told, so that none is left running unseen.
  const settled = await Promise.allSettled(starting);
  return settled.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}

/** Of the `kube-system` namespace: it tells clusters apart, so no two members may share one. */
function uidOf(seed: number): string {
  return `5a4db000-0000-4000-8000-${String(seed).padStart(12, "0")}`;
}

async function writeFiles(
  folder: string,
  running: readonly RunningMember[],
): Promise<Pick<FleetSandbox, "configPath" | "kubeconfigPath" | "appPath">> {
  const members = running.map(({ member }) => member);
  const configPath = join(folder, "flotilla.yaml");
  const kubeconfigPath = join(folder, "kubeconfig");
  const appPath = join(folder, "app.yaml");
  await Promise.all([
    writeFile(configPath, await configFile(members)),
    writeFile(kubeconfigPath, await kubeconfigFile(running), { mode: PRIVATE_FILE }),
    writeFile(join(folder, "prices.yaml"), await priceFile(members, PRICES_AS_OF)),
    writeFile(appPath, sampleApp()),
  ]);
  return { configPath, kubeconfigPath, appPath };
}
