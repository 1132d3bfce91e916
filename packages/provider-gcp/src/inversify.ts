import { type Clock, type CloudProvider, systemClock } from "@flotilla/core";
import { ContainerModule, type ServiceIdentifier } from "inversify";
import type { GcpOptions } from "./gcp-options.ts";
import { createGcpProvider } from "./provider.ts";

/** What `gcpModule` binds, and where. */
export interface GcpModuleInput {
  readonly name: string;
  readonly options?: GcpOptions;
  /** Where the provider is bound: a multi-injected token of the platform's own. */
  readonly token: ServiceIdentifier<CloudProvider>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
}

/** Binds a GKE provider as a singleton, for platform code that composes with inversify. No decorators are needed. */
export function gcpModule({
  name,
  options = {},
  token,
  env = {},
  clock = systemClock,
}: GcpModuleInput): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(token)
      .toResolvedValue(() => createGcpProvider({ name, options }, { env, clock }))
      .inSingletonScope();
  });
}
