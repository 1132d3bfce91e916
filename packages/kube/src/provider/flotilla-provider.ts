import {
  type CloudProvider,
  InputError,
  optionProblems,
  type ProviderFactory,
  type ProviderFactoryInput,
} from "@flotilla/core";
import { resolve } from "node:path";
import type { KubeconfigOrigin } from "../kubeconfig/load-kubeconfig.ts";
import { createKubeconfigProvider } from "./kubeconfig-provider.ts";
import type { KubeconfigOptions } from "./options-schema.ts";

/** What `use: "@flotilla/kube"` in a configuration leads to: the contexts of a kubeconfig as clusters. */
export const flotillaProvider: ProviderFactory = {
  async optionsJsonSchema() {
    const { optionsJsonSchema } = await import("./options-schema.ts");
    return optionsJsonSchema();
  },
  async create(input) {
    return createFromOptions(input, await parse(input));
  },
};

function createFromOptions(input: ProviderFactoryInput, options: KubeconfigOptions): CloudProvider {
  const files = typeof options.kubeconfig === "string" ? [options.kubeconfig] : (options.kubeconfig ?? []);
  const origin: KubeconfigOrigin =
    files.length === 0
      ? { kind: "environment", env: input.env }
      : { kind: "files", files: files.map((file) => expand(file, input)) };
  return createKubeconfigProvider(
    {
      name: input.name,
      origin,
      contexts: options.contexts ?? [],
      execPolicy: { allow: options.execAllow ?? [], knownHelpers: input.interactive === true },
      ...(options.timeoutSeconds === undefined ? {} : { contextTimeoutMs: options.timeoutSeconds * 1000 }),
    },
    { env: input.env },
  );
}

/** `~/` is the user's home, as a shell would have it; other paths start from the configuration's folder. */
function expand(file: string, { env, baseDir }: ProviderFactoryInput): string {
  const home = env["HOME"];
  return resolve(baseDir, home === undefined ? file : file.replace(/^~(?=\/|$)/, home));
}

async function parse(input: ProviderFactoryInput): Promise<KubeconfigOptions> {
  const { optionsJsonSchema, optionsSchema } = await import("./options-schema.ts");
  const parsed = optionsSchema().safeParse(input.options ?? {});
  if (parsed.success) return parsed.data;
  throw new InputError(optionProblems(input, parsed.error.issues, optionsJsonSchema()));
}
