/** `options` of `use: "@flotilla/provider-gcp"`, and the plain arguments of `createGcpProvider`. */
export interface GcpOptions {
  /** Only these projects, by id. Absent: every active project the credentials see. */
  readonly projects?: readonly string[];
  /** One server for every service, e.g. an emulator: scheme, host and port. */
  readonly endpoint?: string;
  /** One server per service; goes before `endpoint`. */
  readonly endpoints?: Readonly<Partial<Record<GcpService, string>>>;
  /** `default`: Application Default Credentials. Or the name of an environment variable that holds an access token. */
  readonly credentials?: "default" | GcpTokenVariable;
}

/** The name of an environment variable, never a value: a configuration file holds no secret. */
export interface GcpTokenVariable {
  readonly tokenEnv: string;
}

/** The services of Google Cloud that the provider talks to. */
export type GcpService = "container" | "compute" | "resourceManager" | "billing" | "token";
