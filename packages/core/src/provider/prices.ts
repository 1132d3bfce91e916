import type { Purchase } from "../cluster/cluster.ts";
import type { SelectableCluster } from "../cluster/matches-field.ts";
import type { Price } from "../money/price.ts";
import type { Ctx } from "./ctx.ts";

/** Something that is paid for by the hour. */
export type Offering =
  | {
      readonly kind: "node";
      readonly provider: string;
      readonly region: string | null;
      readonly zone?: string | null;
      readonly instanceType: string | null;
      readonly purchase: Purchase;
      /** The machine's own: what else is paid for (Windows, attached GPUs) is told by them. */
      readonly nodeLabels?: Readonly<Record<string, string>>;
      /** The member it is asked for: price files may price one cluster. */
      readonly clusterId?: string;
      readonly clusterName?: string;
      readonly labels?: Readonly<Record<string, string>>;
      /** The whole member, where it is known: price files select on any of its fields. */
      readonly cluster?: SelectableCluster;
    }
  | {
      readonly kind: "controlPlane";
      readonly provider: string;
      readonly region: string | null;
      readonly supportTier?: string;
      readonly clusterId?: string;
      readonly clusterName?: string;
      readonly labels?: Readonly<Record<string, string>>;
      /** The whole member, where it is known: price files select on any of its fields. */
      readonly cluster?: SelectableCluster;
    };

/** A source of prices: a cloud's own, or a list that a person wrote. */
export interface Prices {
  /** `true` where a quote depends on the member it is asked for; else one answer serves every member with the same machine. */
  readonly perCluster?: boolean;
  /** USD per hour. Never throws for a price that is not to be had: that is `known: false` with the reason. */
  quote(offering: Offering, ctx: Ctx): Promise<Price>;
  /** The machine types sold in a region, with their sizes, cheapest first where prices are known. */
  offerings?(region: string, ctx: Ctx): Promise<readonly InstanceOffering[]>;
}

/** A machine type as sold: its nominal size, of which a node's allocatable is a part. */
export interface InstanceOffering {
  readonly instanceType: string;
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  readonly architecture: "amd64" | "arm64" | "unknown";
  readonly onDemandPerHour: Price;
  readonly spotPerHour: Price;
}
