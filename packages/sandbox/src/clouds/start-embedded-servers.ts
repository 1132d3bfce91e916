import { type ApiServer, startApiServer } from "@flotilla/testing";
import type { CloudMember } from "./cloud-member.ts";
import { memberNodes } from "./member-nodes.ts";
import type { MemberHost, MemberServerOptions } from "./member-servers.ts";

/** Starts embedded API servers side by side. */
export async function startEmbeddedServers(
  members: readonly CloudMember[],
  options: MemberServerOptions,
  cleanup: AsyncDisposableStack,
): Promise<readonly MemberHost<ApiServer>[]> {
  // All of them settle before one failure is told, so that none is left running unseen.
  const settled = await Promise.allSettled(members.map((member, index) => start(member, index, options, cleanup)));
  return settled.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}

async function start(
  member: CloudMember,
  index: number,
  { readyAfterMs, userOf }: MemberServerOptions,
  cleanup: AsyncDisposableStack,
): Promise<MemberHost<ApiServer>> {
  const { name, site } = member;
  const kubernetesVersion = `v${site.kubernetesVersion}`;
  const server = await startApiServer({
    name,
    kubernetesVersion,
    nodes: memberNodes(member),
    readyAfterMs,
    // A seed each: generated names are the same in every run, and differ from member to member.
    seed: index + 1,
    uid: uidOf(index + 1),
    authenticate: (token) => userOf(member, token),
  });
  cleanup.use(server);
  return {
    server,
    kubernetesVersion,
    issueClientCertificate: (user) => server.issueClientCertificate(user),
    kill: () => server.kill(),
    revive: () => server.restart(),
  };
}

/** Of the `kube-system` namespace: it tells clusters apart, so no two members may share one. */
function uidOf(seed: number): string {
  return `5a4db000-0000-4000-9000-${String(seed).padStart(12, "0")}`;
}
