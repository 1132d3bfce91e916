import { prepareBinaries } from "../../control-planes/binaries/prepare-binaries.ts";
import { COMPONENTS } from "../../control-planes/component-arguments.ts";
import type { ControlPlane, ControlPlaneSpec } from "../../control-planes/control-plane.ts";
import { startControlPlanes } from "../../control-planes/start-control-planes.ts";
import type { SandboxCloud } from "../../sandbox-member.ts";
import type { CloudMember } from "../cloud-member.ts";
import { memberNodes } from "../member-nodes.ts";
import type { MemberHost, MemberServerOptions } from "../member-servers.ts";
import { memoryProblem } from "./memory-problem.ts";
import { NoControlPlanesError } from "./no-control-planes-error.ts";
import { startTokenWebhook, type TokenWebhook } from "./token-webhook.ts";

/** Measured on two cores: nine take 22 s three at a time and 27 s two at a time. */
const CONCURRENCY = 3;

/** Where each cloud has a cluster's Services unless it is told otherwise, as the emulators say too. */
const SERVICE_CIDRS: Readonly<Record<SandboxCloud, string>> = {
  aws: "10.100.0.0/16",
  gcp: "34.118.224.0/20",
  azure: "10.0.0.0/16",
};

/**
 * Starts real control planes, a few at a time. They know no token of a user: for each they ask the webhook, and that the
 * member's cloud.
 *
 * @throws NoControlPlanesError where their programs or their memory cannot be had
 */
export async function startRealServers(
  members: readonly CloudMember[],
  options: MemberServerOptions,
  cleanup: AsyncDisposableStack,
): Promise<readonly MemberHost<ControlPlane>[]> {
  const { userOf, onProgress, signal, readyAfterMs, env } = options;
  const problem = memoryProblem(members.length, process.availableMemory());
  if (problem !== undefined) throw new NoControlPlanesError(problem);
  await preparePrograms(options);
  const byName = new Map(members.map((member) => [member.name, member]));
  const webhook = await startTokenWebhook(async (name, token) => {
    const member = byName.get(name);
    return member === undefined ? undefined : userOf(member, token);
  });
  cleanup.use(webhook);
  const total = members.length;
  let done = 0;
  onProgress({ phase: "clusters", done, total, message: "real control planes are starting" });
  const planes = await startControlPlanes({
    clusters: members.map((member) => specOf(member, webhook)),
    concurrency: CONCURRENCY,
    podReadyAfterMs: readyAfterMs,
    env,
    signal,
    onStarted: (name) => onProgress({ phase: "clusters", done: (done += 1), total, message: `${name} is up` }),
  });
  cleanup.use(planes);
  return planes.clusters.map(hostOf);
}

async function preparePrograms({ onProgress, signal, env }: MemberServerOptions): Promise<void> {
  try {
    const prepared = await prepareBinaries(COMPONENTS, {
      env,
      signal,
      onStep: (step) => onProgress({ phase: "programs", ...step }),
    });
    if ("reason" in prepared) throw new NoControlPlanesError(`no real control planes here: ${prepared.reason}`);
  } catch (error) {
    if (signal.aborted || error instanceof NoControlPlanesError) throw error;
    throw new NoControlPlanesError(`no real control planes here: ${String(error)}`, { cause: error });
  }
}

function specOf(member: CloudMember, webhook: TokenWebhook): ControlPlaneSpec {
  return {
    name: member.name,
    nodes: memberNodes(member),
    serviceCidr: SERVICE_CIDRS[member.site.cloud],
    tokenWebhook: webhook.accessFor(member.name),
  };
}

function hostOf(server: ControlPlane): MemberHost<ControlPlane> {
  return {
    server,
    kubernetesVersion: server.kubernetesVersion,
    issueClientCertificate: async (user) => server.issueClientCertificate(user),
    kill: () => server.kill("kube-apiserver"),
    revive: () => server.restart("kube-apiserver"),
  };
}
