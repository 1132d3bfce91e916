import { readFile } from "node:fs/promises";
import type { CloudProvider, Ctx, KubeAccess, ProviderFactory } from "@flotilla/core";
import { readDocuments } from "@flotilla/documents";
import type { CloudSandbox } from "@flotilla/sandbox";

/** The providers of a sandbox's configuration, made as the command would make them, with its environment and nothing else. */
export interface CloudProviders {
  readonly byName: ReadonlyMap<string, CloudProvider>;
  /** How a member is reached: minted by the provider of its cloud. */
  connect(member: string, ctx: Ctx): Promise<KubeAccess>;
  /** The bearer token of a member. @throws Error for one that takes no tokens */
  tokenFor(member: string, ctx: Ctx): Promise<string>;
}

interface ConfigFile {
  readonly spec: {
    readonly providers: readonly { readonly use: string; readonly name: string; readonly options: unknown }[];
  };
}

export async function openCloudProviders(sandbox: CloudSandbox): Promise<CloudProviders> {
  const { configPath, env, folder: baseDir } = sandbox;
  const [document] = await readDocuments({ text: await readFile(configPath, "utf8"), file: configPath });
  if (document === undefined) throw new Error(`${configPath} is empty`);
  const entries = (document.value as ConfigFile).spec.providers.map(async ({ use, name, options }) => {
    const { flotillaProvider } = (await import(use)) as { readonly flotillaProvider: ProviderFactory };
    return [name, await flotillaProvider.create({ name, options, env, baseDir })] as const;
  });
  const byName = new Map(await Promise.all(entries));
  const connect = (member: string, ctx: Ctx): Promise<KubeAccess> => {
    const id = sandbox.idOf(member);
    const provider = byName.get(id.slice(0, id.indexOf("/")));
    if (provider === undefined) throw new Error(`${id} is of no cloud in ${configPath}`);
    return provider.credentials.connect({ id }, ctx);
  };
  return {
    byName,
    connect,
    async tokenFor(member, ctx) {
      const { auth } = await connect(member, ctx);
      if (auth.kind !== "bearer") throw new Error(`${member} takes no token`);
      return (await auth.tokens.token(ctx)).value;
    },
  };
}
