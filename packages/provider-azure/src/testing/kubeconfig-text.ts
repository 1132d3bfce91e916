import type { EmulatedCluster } from "@flotilla/testing";
import { AKS_SCOPE } from "../audiences.ts";
import { groupOf } from "./cluster-place.ts";
import { apiServerHost } from "./render-cluster.ts";

/** Of clusters with Entra ID: a stanza that runs a helper, in either form. Of those with local accounts: a certificate. */
export function userKubeconfig(cluster: EmulatedCluster, format: "exec" | "azure", tenant: string): string {
  const user = `clusterUser_${groupOf(cluster)}_${cluster.name}`;
  if (cluster.cloudIdentity === false) return kubeconfig(cluster, user, certificate(cluster));
  const serverId = AKS_SCOPE.replace(/\/\.default$/, "");
  return kubeconfig(cluster, user, format === "exec" ? execStanza(serverId, tenant) : providerStanza(serverId, tenant));
}

/** The administrator's kubeconfig: a certificate, always. */
export function adminKubeconfig(cluster: EmulatedCluster): string {
  return kubeconfig(cluster, `clusterAdmin_${groupOf(cluster)}_${cluster.name}`, certificate(cluster));
}

/** The application of the public client, the same for everybody. Source: Azure/kubelogin. */
const CLIENT_ID = "80faf920-1908-4b52-b5ef-a8e7bedfc67a";

function execStanza(serverId: string, tenant: string): readonly string[] {
  return [
    "    exec:",
    "      apiVersion: client.authentication.k8s.io/v1beta1",
    "      args:",
    "      - get-token",
    "      - --environment",
    "      - AzurePublicCloud",
    "      - --server-id",
    `      - ${serverId}`,
    "      - --client-id",
    `      - ${CLIENT_ID}`,
    "      - --tenant-id",
    `      - ${tenant}`,
    "      - --login",
    "      - devicecode",
    "      command: kubelogin",
    "      env: null",
    "      installHint: See https://aka.ms/aks/kubelogin",
    "      provideClusterInfo: false",
  ];
}

function providerStanza(serverId: string, tenant: string): readonly string[] {
  return [
    "    auth-provider:",
    "      config:",
    `        apiserver-id: ${serverId}`,
    `        client-id: ${CLIENT_ID}`,
    '        config-mode: "1"',
    "        environment: AzurePublicCloud",
    `        tenant-id: ${tenant}`,
    "      name: azure",
  ];
}

function certificate({ endpoint }: EmulatedCluster): readonly string[] {
  const { certPem, keyPem } = endpoint?.clientCertificate ?? PLACEHOLDER;
  return [`    client-certificate-data: ${base64(certPem)}`, `    client-key-data: ${base64(keyPem)}`];
}

/** For members that nobody will connect to. */
const PLACEHOLDER = {
  certPem: "-----BEGIN CERTIFICATE-----\nZW11bGF0ZWQ=\n-----END CERTIFICATE-----\n",
  keyPem: "-----BEGIN PRIVATE KEY-----\nZW11bGF0ZWQ=\n-----END PRIVATE KEY-----\n",
};

function kubeconfig(cluster: EmulatedCluster, user: string, stanza: readonly string[]): string {
  const { name, endpoint } = cluster;
  const caPem = endpoint === undefined ? PLACEHOLDER.certPem : endpoint.caPem;
  return [
    "apiVersion: v1",
    "clusters:",
    "- cluster:",
    ...(caPem === undefined ? [] : [`    certificate-authority-data: ${base64(caPem)}`]),
    `    server: ${endpoint?.url ?? `https://${apiServerHost(cluster)}:443`}`,
    `  name: ${name}`,
    "contexts:",
    "- context:",
    `    cluster: ${name}`,
    `    user: ${user}`,
    `  name: ${name}`,
    `current-context: ${name}`,
    "kind: Config",
    "preferences: {}",
    "users:",
    `- name: ${user}`,
    "  user:",
    ...stanza,
    "",
  ].join("\n");
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
