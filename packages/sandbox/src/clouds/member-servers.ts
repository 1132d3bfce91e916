import { type ApiServer, type EmulatedEndpoint, type FakeUser, startApiServer } from "@flotilla/testing";
import { fakeNodes } from "../fake-nodes.ts";
import type { CloudMember } from "./cloud-member.ts";
import type { LocatedMember } from "./describe-cloud.ts";

/** The API servers of the members. */
export interface MemberServers {
  readonly located: readonly LocatedMember[];
  /** @throws RangeError for a name that is no member's */
  member(name: string): CloudMember;
  /** @throws RangeError */
  server(name: string): ApiServer;
}

export interface MemberServerOptions {
  readonly readyAfterMs: number;
  /** Asked for every token: the servers know none themselves. */
  readonly userOf: (member: CloudMember, token: string) => Promise<FakeUser | undefined>;
}

interface Started {
  readonly member: CloudMember;
  readonly server: ApiServer;
  readonly endpoint: EmulatedEndpoint;
}

/** Starts them side by side. */
export async function startMemberServers(
  members: readonly CloudMember[],
  options: MemberServerOptions,
  cleanup: AsyncDisposableStack,
): Promise<MemberServers> {
  // All of them settle before one failure is told, so that none is left running unseen.
  const settled = await Promise.allSettled(members.map((member, index) => start(member, index, options, cleanup)));
  const started = settled.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
  const byName = new Map(started.map((each) => [each.member.name, each]));
  const find = (name: string): Started => {
    const found = byName.get(name);
    if (found === undefined)
      throw new RangeError(`the sandbox has no member "${name}": ${[...byName.keys()].join(", ")}`);
    return found;
  };
  return { located: started, member: (name) => find(name).member, server: (name) => find(name).server };
}

async function start(
  member: CloudMember,
  index: number,
  { readyAfterMs, userOf }: MemberServerOptions,
  cleanup: AsyncDisposableStack,
): Promise<Started> {
  const { name, site } = member;
  const server = await startApiServer({
    name,
    kubernetesVersion: `v${site.kubernetesVersion}`,
    nodes: nodesOf(member),
    readyAfterMs,
    // A seed each: generated names are the same in every run, and differ from member to member.
    seed: index + 1,
    uid: uidOf(index + 1),
    authenticate: (token) => userOf(member, token),
  });
  cleanup.use(server);
  return { member, server, endpoint: await endpointOf(member, server) };
}

function nodesOf({ name, site, nodes }: CloudMember): ReturnType<typeof fakeNodes> {
  const { cloud, region, zones, machine } = site;
  const { instanceType, cpu, memory } = machine;
  return fakeNodes({ name, cloud, region, pools: [{ instanceType, nodes, cpu, memory, zones }] });
}

async function endpointOf({ hasLocalAccounts }: CloudMember, server: ApiServer): Promise<EmulatedEndpoint> {
  const { url, caPem } = server;
  if (!hasLocalAccounts) return { url, caPem };
  const user = { name: "masterclient", groups: ["system:masters"] };
  return { url, caPem, clientCertificate: await server.issueClientCertificate(user) };
}

/** Of the `kube-system` namespace: it tells clusters apart, so no two members may share one. */
function uidOf(seed: number): string {
  return `5a4db000-0000-4000-9000-${String(seed).padStart(12, "0")}`;
}
