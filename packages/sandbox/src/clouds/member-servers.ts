import type { EmulatedEndpoint, FakeUser, KeyPairPem } from "@flotilla/testing";
import type { SandboxProgress } from "../sandbox-progress.ts";
import type { CloudMember } from "./cloud-member.ts";
import type { LocatedMember } from "./describe-cloud.ts";

/** What everything that plays a member's API server tells. */
export interface MemberServer {
  readonly url: string;
  readonly caPem: string;
}

/** A running API server of a member, and what the sandbox does with it. */
export interface MemberHost<Server extends MemberServer> {
  readonly server: Server;
  /** What it says it is, e.g. `v1.36.3`. */
  readonly kubernetesVersion: string;
  issueClientCertificate(user: FakeUser): Promise<KeyPairPem>;
  kill(): Promise<void>;
  revive(): Promise<void>;
}

export interface MemberServerOptions {
  readonly readyAfterMs: number;
  /** Asked for every token: the servers know none themselves. */
  readonly userOf: (member: CloudMember, token: string) => Promise<FakeUser | undefined>;
  /** Where programs are looked for. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onProgress: (progress: SandboxProgress) => void;
  readonly signal: AbortSignal;
}

/** Starts the servers of all members, in the members' order; what it starts ends with `cleanup`. */
export type StartMemberServers<Server extends MemberServer> = (
  members: readonly CloudMember[],
  options: MemberServerOptions,
  cleanup: AsyncDisposableStack,
) => Promise<readonly MemberHost<Server>[]>;

/** The API servers of the members, by name. Every method throws a RangeError for a name that is no member's. */
export interface MemberServers<Server extends MemberServer> {
  readonly located: readonly LocatedMember[];
  member(name: string): CloudMember;
  host(name: string): MemberHost<Server>;
}

/** What the clouds are told of servers that run, and a way to find each. */
export async function locateMembers<Server extends MemberServer>(
  members: readonly CloudMember[],
  hosts: readonly MemberHost<Server>[],
): Promise<MemberServers<Server>> {
  const pairs = new Map<string, { readonly member: CloudMember; readonly host: MemberHost<Server> }>();
  for (const [index, member] of members.entries()) {
    const host = hosts[index];
    if (host === undefined) throw new Error(`nothing plays ${member.name}`);
    pairs.set(member.name, { member, host });
  }
  const find = (name: string): { readonly member: CloudMember; readonly host: MemberHost<Server> } => {
    const found = pairs.get(name);
    if (found === undefined)
      throw new RangeError(`the sandbox has no member "${name}": ${[...pairs.keys()].join(", ")}`);
    return found;
  };
  const located = [...pairs.values()].map(async ({ member, host }) => ({
    member,
    endpoint: await endpointOf(member, host),
    kubernetesVersion: host.kubernetesVersion,
  }));
  return {
    located: await Promise.all(located),
    member: (name) => find(name).member,
    host: (name) => find(name).host,
  };
}

async function endpointOf(
  { hasLocalAccounts }: CloudMember,
  host: MemberHost<MemberServer>,
): Promise<EmulatedEndpoint> {
  const { url, caPem } = host.server;
  if (!hasLocalAccounts) return { url, caPem };
  const user = { name: "masterclient", groups: ["system:masters"] };
  return { url, caPem, clientCertificate: await host.issueClientCertificate(user) };
}
