import type { CloudProvider } from "@flotilla/core";
import { ContainerModule, type ServiceIdentifier } from "inversify";
import type { AzureOptions } from "./azure-options.ts";
import { type AzureProviderDeps, createAzureProvider } from "./provider.ts";

/** What `azureModule` binds, and where; beside that what a provider may be given from outside, such as a `credential`. */
export interface AzureModuleInput extends AzureProviderDeps {
  readonly name: string;
  readonly options?: AzureOptions;
  /** Where the provider is bound: a multi-injected token of the platform's own. */
  readonly token: ServiceIdentifier<CloudProvider>;
}

/** Binds an AKS provider as a singleton, for platform code that composes with inversify. No decorators are needed. */
export function azureModule({ name, options = {}, token, ...deps }: AzureModuleInput): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(token)
      .toResolvedValue(() => createAzureProvider({ name, options }, deps))
      .inSingletonScope();
  });
}
