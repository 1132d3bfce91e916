import type { EmulatedFleet, EmulatedRegion, EmulatorReply, EmulatorRequest } from "@flotilla/testing";
import type { GcpTokens } from "./gcp-tokens.ts";

/** What every answer of the emulated cloud is made from. */
export interface GcpWorld {
  readonly fleet: EmulatedFleet;
  readonly tokens: GcpTokens;
  readonly nowMs: () => number;
  readonly pageSizeMax: number;
}

/** A request that was let in. */
export interface GcpCall {
  readonly world: GcpWorld;
  readonly request: EmulatorRequest;
  /** Parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly project: string;
  readonly loopsPages: boolean;
}

/** One method of one service. */
export interface GcpMethod {
  /** The permission it needs, which is also its name in the recording. */
  readonly action: string;
  /** Host prefix of the service, as in `container.googleapis.com`. */
  readonly service: "container" | "compute" | "cloudresourcemanager" | "cloudbilling" | "oauth2";
  /** Query parameters beside those every method takes. */
  readonly query?: readonly string[];
  /** Needs no permission on a project. */
  readonly isOpen?: boolean;
  answer(call: GcpCall): unknown;
  /** For the few that answer in another format. */
  reply?(call: GcpCall): EmulatorReply;
}

/** Zones of a region where the description names none. */
export function zonesOf(region: EmulatedRegion | string): readonly string[] {
  if (typeof region !== "string" && region.zones !== undefined) return region.zones;
  const name = typeof region === "string" ? region : region.name;
  return ["a", "b", "c"].map((letter) => `${name}-${letter}`);
}
