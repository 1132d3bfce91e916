import type { Gap } from "@flotilla/core";

/** A part of the fleet that could not be looked at, as JSON prints it. */
export interface GapView {
  readonly provider: string;
  readonly scope: string;
  readonly region: string | null;
  /** The one member that could not be read; `null` where a whole place could not be looked at. */
  readonly cluster: string | null;
  readonly kind: string;
  readonly message: string;
}

export function toGapView({ provider, scope, region, ref, kind, message }: Gap): GapView {
  return { provider, scope, region, cluster: ref?.id ?? null, kind, message };
}
