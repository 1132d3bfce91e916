import { toYaml } from "@flotilla/documents";
import type { ApiServer } from "@flotilla/testing";
import type { SandboxMember } from "./sandbox-member.ts";

/** One member and the server that plays it. */
export interface RunningMember {
  readonly member: SandboxMember;
  readonly server: ApiServer;
}

/** The provider's name in the sandbox's configuration, and so the scope of its clusters' ids. */
export const SANDBOX_PROVIDER = "sandbox";
const API_VERSION = "flotilla.dev/v1alpha1";

/** One context per member, named after it, each with a token or a client certificate of its own. */
export async function kubeconfigFile(members: readonly RunningMember[]): Promise<string> {
  return toYaml({
    apiVersion: "v1",
    kind: "Config",
    "current-context": members[0]?.member.name ?? "",
    clusters: members.map(({ member, server }) => ({
      name: member.name,
      cluster: {
        server: server.url,
        "certificate-authority-data": Buffer.from(server.caPem).toString("base64"),
      },
    })),
    users: await Promise.all(members.map(async (each) => ({ name: each.member.name, user: await credentialOf(each) }))),
    contexts: members.map(({ member: { name } }) => ({ name, context: { cluster: name, user: name } })),
  });
}

async function credentialOf({ member, server }: RunningMember): Promise<Readonly<Record<string, string>>> {
  if (member.signIn !== "certificate") return { token: server.adminToken };
  const { certPem, keyPem } = await server.issueClientCertificate({
    name: "sandbox-admin",
    groups: ["system:masters"],
  });
  return {
    "client-certificate-data": Buffer.from(certPem).toString("base64"),
    "client-key-data": Buffer.from(keyPem).toString("base64"),
  };
}

/** The configuration of the sandbox's fleet: every context of its kubeconfig, with labels, taints and prices. */
export function configFile(members: readonly SandboxMember[]): Promise<string> {
  const corrections = members
    .filter(({ labels, taints }) => labels !== undefined || taints !== undefined)
    .map(({ name, labels, taints }) => ({
      clusters: { names: [name] },
      ...(labels === undefined ? {} : { labels }),
      ...(taints === undefined ? {} : { taints }),
    }));
  return toYaml({
    apiVersion: API_VERSION,
    kind: "Config",
    metadata: { name: "sandbox" },
    spec: {
      providers: [{ use: "@flotilla/kube", name: SANDBOX_PROVIDER, options: { kubeconfig: "./kubeconfig" } }],
      clusters: corrections,
      priceFiles: ["./prices.yaml"],
    },
  });
}

/** What the sandbox's machines and control planes cost. */
export function priceFile(members: readonly SandboxMember[], asOf: string): Promise<string> {
  const machines = members.flatMap(({ region, pools }) =>
    pools.map(({ instanceType, nodePerHour, purchase }) => ({
      instanceType,
      region,
      ...(purchase === undefined ? {} : { purchase }),
      nodePerHour,
      asOf,
    })),
  );
  const controlPlanes = members.map(({ name, controlPlanePerHour }) => ({
    clusters: { names: [name] },
    controlPlanePerHour,
    asOf,
  }));
  return toYaml({ apiVersion: API_VERSION, kind: "PriceList", items: [...machines, ...controlPlanes] });
}
