/** `options` of `use: "@flotilla/provider-aws"`, and the plain arguments of `createAwsProvider`. */
export interface AwsOptions {
  /** Only these regions. Absent: every region that is enabled for the account. */
  readonly regions?: readonly string[];
  /** Accounts to look into; with a role, through AssumeRole. Absent: the account of the credentials. */
  readonly accounts?: readonly AwsAccount[];
  /** Every active account of the organization, through the role of this name in each. */
  readonly organization?: { readonly roleName: string };
  /** One server for every service, e.g. an emulator. */
  readonly endpoint?: string;
  /** One server per service; goes before `endpoint`. */
  readonly endpoints?: Readonly<Partial<Record<AwsService, string>>>;
  /** `default`: the SDK's own chain (environment, shared files, SSO, instance role). Or names of environment variables. */
  readonly credentials?: "default" | AwsCredentialVariables;
  /** A profile of the shared configuration files. */
  readonly profile?: string;
  /** Read spot prices too. Default true. */
  readonly spot?: boolean;
}

export interface AwsAccount {
  readonly id: string;
  readonly roleArn?: string;
  readonly externalId?: string;
}

/** Names of environment variables, never values: a configuration file holds no secret. */
export interface AwsCredentialVariables {
  readonly accessKeyIdEnv: string;
  readonly secretAccessKeyEnv: string;
  readonly sessionTokenEnv?: string;
}

export type AwsService = "eks" | "ec2" | "sts" | "pricing" | "serviceQuotas" | "organizations";
