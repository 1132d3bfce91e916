import { type Clock, type CloudProvider, systemClock } from "@flotilla/core";
import { ContainerModule, type ServiceIdentifier } from "inversify";
import type { AzureOptions } from "./azure-options.ts";
import { createAzureProvider } from "./provider.ts";

/** What `azureModule` binds, and where. */
export interface AzureModuleInput {
  readonly name: string;
  readonly options?: AzureOptions;
  /** Where the provider is bound: a multi-injected token of the platform's own. */
  readonly token: ServiceIdentifier<CloudProvider>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
}

/** Binds an AKS provider as a singleton, for platform code that composes with inversify. No decorators are needed. */
export function azureModule({
  name,
  options = {},
  token,
  env = {},
  clock = systemClock,
}: AzureModuleInput): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(token)
      .toResolvedValue(() => createAzureProvider({ name, options }, { env, clock }))
      .inSingletonScope();
  });
}
