import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ApiServer, FakeUser } from "@flotilla/testing";
import type { ControlPlane } from "../control-planes/control-plane.ts";
import { sampleApp } from "../sample-app.ts";
import type { SandboxCloud } from "../sandbox-member.ts";
import type { SandboxProgress } from "../sandbox-progress.ts";
import { startAwsCloud } from "./aws-cloud.ts";
import { startAzureCloud } from "./azure-cloud.ts";
import { cloudConfigFile } from "./cloud-files.ts";
import { CLUSTERS_DEFAULT, CLUSTERS_MAX, type CloudMember, cloudMembers } from "./cloud-member.ts";
import { CLOUD_SCOPES } from "./cloud-scopes.ts";
import { describeCloud } from "./describe-cloud.ts";
import { startGcpCloud } from "./gcp-cloud.ts";
import { locateMembers, type MemberServer, type StartMemberServers } from "./member-servers.ts";
import { openFolder } from "./open-folder.ts";
import type { RunningCloud } from "./running-cloud.ts";
import { startEmbeddedServers } from "./start-embedded-servers.ts";

/** Everything has a default: `startCloudSandbox()` gives nine clusters in three clouds. */
export interface CloudSandboxOptions {
  /** Where the files go; made if it is not there, and stays. One sandbox at a time. Default: a new temporary folder that goes with the sandbox. */
  readonly stateDir?: string;
  /** 1 to 200. Default 9: one in each of three regions of three clouds. */
  readonly clusters?: number;
  /** Only these of them, by name, e.g. `["aws-dublin", "azure-pune"]`. Default: all. */
  readonly only?: readonly string[];
  /** Draws sizes and prices. Default: the usual ones. */
  readonly seed?: number;
  /** How long a pod takes from bound to ready. Default 150 ms: long enough to see progress. */
  readonly readyAfterMs?: number;
  /**
   * Real control planes (kube-apiserver, etcd, controllers, scheduler, fake nodes) in place of embedded API servers. Their
   * programs come from `KUBEBUILDER_ASSETS` or a cache, and are otherwise built with Go, once. Default `false`.
   */
  readonly real?: boolean;
  /** Where programs of real control planes are looked for, and how they are built. Default: this process's environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Told of the start of real control planes, which takes a while. */
  readonly onProgress?: (progress: SandboxProgress) => void;
  /** Stops the start: what runs by then is ended first. No use afterwards. */
  readonly signal?: AbortSignal;
}

/**
 * Three emulated clouds with their clusters, and the files with which the `flotilla` command works on them. What plays the
 * clusters is `Server`: embedded API servers in this process, or real control planes that end with it.
 */
export interface CloudSandbox<Server extends MemberServer = MemberServer> extends AsyncDisposable {
  readonly folder: string;
  /** `flotilla.yaml`: names variables of `env`, and holds none of their values. */
  readonly configPath: string;
  /** A sample to plan and apply. */
  readonly appPath: string;
  /** Addresses of the emulators, for any client of the clouds. */
  readonly endpoints: Readonly<Record<SandboxCloud, string>>;
  /** The one account, project and subscription. */
  readonly scopes: Readonly<Record<SandboxCloud, readonly string[]>>;
  /** What the configuration needs in its environment. Opens nothing but this sandbox. */
  readonly env: Readonly<Record<string, string>>;
  readonly members: readonly CloudMember[];
  /** The id of a member in the fleet. @throws RangeError for a name that is no member's */
  idOf(name: string): string;
  /** What plays a member, for looking at what arrived. @throws RangeError */
  server(name: string): Server;
  /** The member's API server is gone from one moment to the next, and its cloud has not noticed. Its objects are kept. */
  kill(name: string): Promise<void>;
  /** It is back, at the same address and with what it had. */
  revive(name: string): Promise<void>;
}

const READY_AFTER_MS = 150;
const SEED_DEFAULT = 1;

/**
 * Starts the members, then the clouds that know them, and writes the files. Listens on 127.0.0.1 only.
 *
 * @throws RangeError for a number of clusters out of bounds or a name that none of them has; SandboxFolderError for a folder
 * that cannot be used or that another sandbox runs in; NoControlPlanesError where real ones are asked for and cannot be had on
 * this machine; the signal's reason
 */
export function startCloudSandbox(
  options: CloudSandboxOptions & { readonly real: true },
): Promise<CloudSandbox<ControlPlane>>;
export function startCloudSandbox(
  options?: CloudSandboxOptions & { readonly real?: false },
): Promise<CloudSandbox<ApiServer>>;
export function startCloudSandbox(options?: CloudSandboxOptions): Promise<CloudSandbox>;
export async function startCloudSandbox(options: CloudSandboxOptions = {}): Promise<CloudSandbox> {
  if (options.real !== true) return start(options, startEmbeddedServers);
  // Only here: whoever is content with embedded servers does not load how real ones are started.
  const { startRealServers } = await import("./real/start-real-servers.ts");
  return start(options, startRealServers);
}

async function start<Server extends MemberServer>(
  options: CloudSandboxOptions,
  startServers: StartMemberServers<Server>,
): Promise<CloudSandbox<Server>> {
  const {
    clusters = CLUSTERS_DEFAULT,
    seed,
    readyAfterMs = READY_AFTER_MS,
    onProgress = IGNORE,
    env = process.env,
  } = options;
  if (!Number.isInteger(clusters) || clusters < 1 || clusters > CLUSTERS_MAX) {
    throw new RangeError(`a sandbox has 1 to ${CLUSTERS_MAX} clusters, not ${clusters}`);
  }
  const members = onlyThese(cloudMembers({ clusters, ...(seed === undefined ? {} : { seed }) }), options.only);
  const signal = options.signal ?? new AbortController().signal;
  await using cleanup = new AsyncDisposableStack();
  const folder = await openFolder(options.stateDir, cleanup);
  const clouds = Promise.withResolvers<Clouds>();
  const userOf = async (member: CloudMember, token: string): Promise<FakeUser | undefined> =>
    (await clouds.promise)[member.site.cloud].userOf(member, token);
  const hosts = await startServers(members, { readyAfterMs, userOf, onProgress, signal, env }, cleanup);
  const servers = await locateMembers(members, hosts);
  const running = await startClouds(servers.located, seed ?? SEED_DEFAULT, cleanup);
  clouds.resolve(running);
  const paths = await writeFiles(folder, running, members);
  // Everything is up: from here on it is the sandbox's to end.
  const owned = cleanup.move();
  return {
    folder,
    ...paths,
    members,
    endpoints: { aws: running.aws.url, gcp: running.gcp.url, azure: running.azure.url },
    scopes: { aws: [CLOUD_SCOPES.aws], gcp: [CLOUD_SCOPES.gcp], azure: [CLOUD_SCOPES.azure] },
    env: { ...running.aws.env, ...running.gcp.env, ...running.azure.env },
    server: (name) => servers.host(name).server,
    idOf: (name) => servers.member(name).id,
    kill: (name) => servers.host(name).kill(),
    revive: (name) => servers.host(name).revive(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

const IGNORE = (): void => undefined;

function onlyThese(members: readonly CloudMember[], names: readonly string[] | undefined): readonly CloudMember[] {
  const unknown = names?.find((name) => !members.some((member) => member.name === name));
  if (unknown !== undefined)
    throw new RangeError(`the sandbox has no member "${unknown}": ${members.map(({ name }) => name).join(", ")}`);
  return members.filter(({ name }) => names?.includes(name) ?? true);
}

type Clouds = Readonly<Record<SandboxCloud, RunningCloud>>;

async function startClouds(
  located: Parameters<typeof describeCloud>[1],
  seed: number,
  cleanup: AsyncDisposableStack,
): Promise<Clouds> {
  const aws = cleanup.use(await startAwsCloud(describeCloud("aws", located), { seed }));
  const gcp = cleanup.use(await startGcpCloud(describeCloud("gcp", located), { seed }));
  const azure = cleanup.use(await startAzureCloud(describeCloud("azure", located), { seed }));
  return { aws, gcp, azure };
}

async function writeFiles(
  folder: string,
  clouds: Clouds,
  members: readonly CloudMember[],
): Promise<Pick<CloudSandbox, "configPath" | "appPath">> {
  const configPath = join(folder, "flotilla.yaml");
  const appPath = join(folder, "app.yaml");
  await Promise.all([writeFile(configPath, await cloudConfigFile(clouds, members)), writeFile(appPath, sampleApp())]);
  return { configPath, appPath };
}
