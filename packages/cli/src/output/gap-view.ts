import type { Gap } from "@flotilla/core";

/** A part of the fleet that could not be enumerated, as JSON prints it. */
export interface GapView {
  readonly provider: string;
  readonly scope: string;
  readonly region: string | null;
  readonly kind: string;
  readonly message: string;
}

export function toGapView({ provider, scope, region, kind, message }: Gap): GapView {
  return { provider, scope, region, kind, message };
}
