import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { ControlPlaneSpec, TokenUser, TokenWebhookAccess } from "./control-plane.ts";
import { stagesFile } from "./fake/stages.ts";
import { kubeconfigFile } from "./kubeconfig.ts";

export interface ConfigurationInput extends Pick<ControlPlaneSpec, "name" | "users" | "tokenWebhook"> {
  readonly server: string;
  readonly caPem: string;
  readonly podReadyAfterMs: number;
}

/** Who the programs of the control plane are to their API server, each with a token of its own. */
const COMPONENT_USERS: Readonly<Record<string, Omit<TokenUser, "token">>> = {
  "controller-manager": { name: "system:kube-controller-manager" },
  scheduler: { name: "system:kube-scheduler" },
  kwok: { name: "kwok", groups: ["system:masters"] },
};

const PRIVATE_FILE = 0o600;

/** Writes the files, besides certificates, that the programs of one control plane read from its folder. */
export async function writeConfiguration(folder: string, input: ConfigurationInput): Promise<void> {
  const { name, server, caPem, users = [], tokenWebhook, podReadyAfterMs } = input;
  const write = (file: string, text: string): Promise<void> =>
    writeFile(path.join(folder, file), text, { mode: PRIVATE_FILE });
  const components = Object.entries(COMPONENT_USERS).map(([file, user]) => ({ file, user: withNewToken(user) }));
  const all = [...users, ...components.map(({ user }) => user)];
  await Promise.all([
    write("tokens.csv", all.map(tokenLine).join("")),
    write("stages.yaml", stagesFile(podReadyAfterMs)),
    ...components.map(({ file, user: { token } }) =>
      write(`${file}.kubeconfig`, kubeconfigFile([{ name, server, caPem, user: { token } }])),
    ),
    ...(tokenWebhook === undefined ? [] : [write("token-webhook.kubeconfig", webhookFile(tokenWebhook))]),
  ]);
}

function withNewToken(user: Omit<TokenUser, "token">): TokenUser {
  return { ...user, token: randomBytes(24).toString("hex") };
}

/** Columns of the static token file: token, user, uid, groups. Source: kube-apiserver `--token-auth-file`. */
function tokenLine({ token, name, groups = [] }: TokenUser, index: number): string {
  return `${token},${name},${index + 1},"${groups.join(",")}"\n`;
}

/** The file names the webhook as a cluster and the API server as its user. Source: Kubernetes "Webhook Token Authentication". */
function webhookFile({ url, caPem, certPem, keyPem }: TokenWebhookAccess): string {
  return kubeconfigFile([{ name: "token-webhook", server: url, caPem, user: { certPem, keyPem } }]);
}
