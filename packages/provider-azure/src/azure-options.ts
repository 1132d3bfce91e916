/** `options` of `use: "@flotilla/provider-azure"`, and the plain arguments of `createAzureProvider`. */
export interface AzureOptions {
  /** Only these subscriptions. Absent: every one the credentials see that is enabled. */
  readonly subscriptions?: readonly string[];
  /**
   * One server in place of Azure Resource Manager, e.g. an emulator: scheme, host and port. It answers for prices too unless
   * `endpoints` says else.
   */
  readonly endpoint?: string;
  /** One server per service; goes before `endpoint`. */
  readonly endpoints?: Readonly<Partial<Record<AzureService, string>>>;
  /** `default`: the chain of `@azure/identity` (environment, workload identity, managed identity, `az login`). Or variables. */
  readonly credentials?: "default" | AzureCredentialVariables;
}

/** Names of environment variables, never values: a configuration file holds no secret. */
export interface AzureCredentialVariables {
  /** Holds a token for Azure Resource Manager. */
  readonly tokenEnv: string;
  /** Holds a token for the API servers of AKS: another audience, so another token. */
  readonly aksTokenEnv: string;
}

/** `arm`: Azure Resource Manager. `prices`: the retail price API. `login`: the authority that `@azure/identity` asks. */
export type AzureService = "arm" | "prices" | "login";
