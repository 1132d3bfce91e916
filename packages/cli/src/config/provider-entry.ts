import type { ProviderFactoryInput } from "@flotilla/core";
import type { ConfigProvider } from "./config.ts";

/** A provider to load: the module, and what its factory takes. */
export interface ProviderEntry extends Pick<ProviderFactoryInput, "name" | "options" | "source" | "baseDir"> {
  readonly use: string;
}

/** The given name, or the module's: `@flotilla/provider-aws` → `aws`, `./my/cloud.ts` → `cloud`. */
export function providerName({ name, use }: Pick<ConfigProvider, "name" | "use">): string {
  const last = use.split("/").findLast((part) => part !== "") ?? use;
  return name ?? last.replace(/^provider-/, "").replace(/\.[a-z]+$/, "");
}
