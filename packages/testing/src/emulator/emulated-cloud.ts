import type { ClusterPhase, MicroUsd, Taint } from "@flotilla/core";

/**
 * A cloud with its clusters, in the project's words. Each cloud's emulator renders it in its own wire format and fills in
 * what the real service would (ids, links, fingerprints), always the same for the same description.
 */
export interface EmulatedCloud {
  readonly scopes: readonly EmulatedScope[];
  readonly clusters: readonly EmulatedCluster[];
  readonly prices?: readonly EmulatedMachinePrice[];
  readonly controlPlanes?: readonly EmulatedControlPlanePrice[];
  readonly quotas?: readonly EmulatedQuota[];
}

/** An account, a project or a subscription. */
export interface EmulatedScope {
  readonly id: string;
  readonly name?: string;
  /** Default `active`. What is `disabled` or `closed` is still listed, and refuses the rest. */
  readonly state?: "active" | "warned" | "disabled" | "closed";
  /** The Kubernetes service was never switched on here (Google: SERVICE_DISABLED; Azure: MissingSubscriptionRegistration). */
  readonly isServiceOff?: boolean;
  /** Nobody may list anything in this scope. */
  readonly isDenied?: boolean;
  readonly regions: readonly EmulatedRegion[];
}

export interface EmulatedRegion {
  readonly name: string;
  /** `false`: exists, and the scope has not opted into it. Default `true`. */
  readonly enabled?: boolean;
  /** A policy above the scope forbids it (AWS: a service control policy). */
  readonly denied?: boolean;
  /** The region does not answer in time: Google reports it in `missingZones`, others time out. */
  readonly unreachable?: boolean;
  /** Every answer takes this much longer. */
  readonly slowMs?: number;
  /** Zone names; default: what the emulator makes of the region's name. */
  readonly zones?: readonly string[];
}

export interface EmulatedCluster {
  /** Id of one of the scopes. */
  readonly scope: string;
  /** Azure: the resource group. Google: the location, a region or a zone. Default: the region. */
  readonly group?: string;
  readonly region: string;
  readonly name: string;
  /** Default `ready`. */
  readonly phase?: ClusterPhase;
  /** As people write it, `1.35.1`; the emulator cuts or lengthens it as its cloud does. */
  readonly version: string;
  readonly endpoint?: EmulatedEndpoint;
  readonly network?: EmulatedNetwork;
  readonly labels?: Readonly<Record<string, string>>;
  readonly pools: readonly EmulatedPool[];
  /** `standard`, `extended`, `free`, `premium`, a release channel: in the cloud's words, upper case where the cloud has it so. */
  readonly supportTier?: string;
  readonly serverless?: boolean;
  readonly deletionProtection?: boolean;
  /** Azure: `false` is a cluster with local accounts, reached by a client certificate. Default `true`. */
  readonly cloudIdentity?: boolean;
  readonly createdAtMs?: number;
  /** What ails it, in the cloud's own codes. */
  readonly issues?: readonly { readonly code: string; readonly message: string }[];
  /** Laid over the rendered object, for what a description has no word for; `undefined` takes a member away. */
  readonly wire?: Readonly<Record<string, unknown>>;
}

/** Where the member's API server is; without it the emulator names a host as the real cloud would. */
export interface EmulatedEndpoint {
  readonly url: string;
  readonly caPem?: string;
  /** Default `public`. */
  readonly access?: "public" | "private" | "publicAndPrivate";
  /** Client certificate for members that know no cloud identity. */
  readonly clientCertificate?: { readonly certPem: string; readonly keyPem: string };
}

export interface EmulatedNetwork {
  readonly id: string;
  /** Ranges of the network itself. */
  readonly cidrs?: readonly string[];
  /** Ranges of the nodes' subnets, one per zone where the cloud has zonal subnets. */
  readonly subnetCidrs?: readonly string[];
  readonly podCidrs?: readonly string[];
  readonly serviceCidrs?: readonly string[];
}

/** Sizes are totals over all zones. */
export interface EmulatedPool {
  readonly name: string;
  readonly instanceType: string;
  readonly nodes: number;
  readonly min?: number;
  readonly max?: number;
  readonly spot?: boolean;
  readonly zones?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly Taint[];
  /** Default: the cluster's own. */
  readonly version?: string;
  /** Default `ready`. */
  readonly phase?: ClusterPhase;
  /** Laid over the rendered object; `undefined` takes a member away. */
  readonly wire?: Readonly<Record<string, unknown>>;
}

export interface EmulatedMachinePrice {
  readonly region: string;
  readonly instanceType: string;
  readonly cores: number;
  readonly memoryGib: number;
  /** Absent: not sold on demand here. */
  readonly onDemandPerHour?: MicroUsd;
  /** Absent: not sold as spot here. */
  readonly spotPerHour?: MicroUsd;
}

export interface EmulatedControlPlanePrice {
  readonly region: string;
  /** `standard`, `extended`, `free`, `premium`; default `standard`. */
  readonly tier?: string;
  readonly perHour: MicroUsd;
}

export interface EmulatedQuota {
  readonly scope: string;
  readonly region: string;
  /** The cloud's own name of the metric: `L-1216C47A`, `N2_CPUS`, `standardDSv5Family`. */
  readonly metric: string;
  /** A text for people. */
  readonly name?: string;
  /** AWS: the service (`ec2`, `eks`, `vpc`). Azure: `network` for what is not of Compute. */
  readonly service?: string;
  readonly limit: number;
  readonly used: number;
}
