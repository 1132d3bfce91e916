import { type Clock, type CloudProvider, systemClock } from "@flotilla/core";
import { ContainerModule, type ServiceIdentifier } from "inversify";
import type { AwsOptions } from "./aws-options.ts";
import { createAwsProvider } from "./provider.ts";

export interface AwsModuleInput {
  readonly name: string;
  readonly options?: AwsOptions;
  /** Where the provider is bound: a multi-injected token of the platform's own. */
  readonly token: ServiceIdentifier<CloudProvider>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
}

/** Binds an EKS provider as a singleton, for platform code that composes with inversify. No decorators are needed. */
export function awsModule({
  name,
  options = {},
  token,
  env = {},
  clock = systemClock,
}: AwsModuleInput): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(token)
      .toResolvedValue(() => createAwsProvider({ name, options }, { env, clock }))
      .inSingletonScope();
  });
}
