/** One emulated cluster: whose machines it pretends to be, where, and how big. */
export interface SandboxMember {
  /** Its context in the kubeconfig, and so its name in the fleet. */
  readonly name: string;
  readonly cloud: SandboxCloud;
  readonly region: string;
  readonly kubernetesVersion: string;
  readonly pools: readonly SandboxPool[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly SandboxTaint[];
  /** How the kubeconfig signs in to it. Default `token`. */
  readonly signIn?: "token" | "certificate";
  /** Control plane fee, USD per hour as people write it. */
  readonly controlPlanePerHour: string;
}

export type SandboxCloud = "aws" | "gcp" | "azure";

/** Alike nodes, spread over the zones in turn. */
export interface SandboxPool {
  readonly instanceType: string;
  readonly nodes: number;
  readonly cpu: string;
  readonly memory: string;
  /** As the cloud names them, e.g. `eu-west-1a`. */
  readonly zones: readonly string[];
  /** USD per node and hour as people write it. */
  readonly nodePerHour: string;
  readonly purchase?: "onDemand" | "spot";
}

export interface SandboxTaint {
  readonly key: string;
  readonly value?: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}
