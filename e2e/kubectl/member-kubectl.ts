import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Ctx, KubeAccess } from "@flotilla/core";
import { findBinaries, kubeconfigFile, type KubeconfigUser } from "@flotilla/sandbox/control-planes";
import { createKubectl, type Kubectl } from "./kubectl.ts";

/** Makes kubectl for clusters of the clouds: with what a provider minted, and nothing of this machine. */
export interface MemberKubectls extends AsyncDisposable {
  /** As `user`, or as what the access itself shows. */
  open(access: KubeAccess, user?: KubeconfigUser): Promise<Kubectl>;
}

export async function memberKubectls(ctx: Ctx): Promise<MemberKubectls> {
  const file = (await findBinaries(["kubectl"])).paths.get("kubectl") ?? "kubectl";
  const folder = await mkdtemp(path.join(tmpdir(), "flotilla-member-kubectl-"));
  let count = 0;
  return {
    async open(access, user) {
      const { server, caPem } = access;
      if (caPem === undefined) throw new Error(`${server} has no CA of its own`);
      const kubeconfig = path.join(folder, `kubeconfig-${(count += 1)}`);
      const entry = { name: "member", server, caPem, user: user ?? (await userOf(access, ctx)) };
      await writeFile(kubeconfig, kubeconfigFile([entry]), { mode: 0o600 });
      return createKubectl(file, kubeconfig, folder);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function userOf({ server, auth }: KubeAccess, ctx: Ctx): Promise<KubeconfigUser> {
  switch (auth.kind) {
    case "bearer":
      return { token: (await auth.tokens.token(ctx)).value };
    case "certificate":
      return { certPem: auth.certPem, keyPem: auth.keyPem };
    case "basic":
    case "none":
      throw new Error(`${server} is reached by ${auth.kind}`);
    default:
      return auth satisfies never;
  }
}
