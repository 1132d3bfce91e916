import type { Clock } from "../async/clock.ts";
import { mapLimited } from "../async/map-limited.ts";
import { compareIds } from "../cluster/compare-ids.ts";
import type { CloudProvider } from "../provider/cloud-provider.ts";
import type { Ctx } from "../provider/ctx.ts";
import { type DiscoverFleetInput, PROVIDERS_AT_A_TIME } from "./discover-fleet-input.ts";
import { discoverProvider } from "./discover-provider.ts";
import type { FleetObservation, Gap } from "./fleet-observation.ts";
import { mergeFound } from "./merge-found.ts";

/** Who is asked. */
export interface DiscoverFleetDeps {
  /** In the configuration's order, which settles who is believed when two tell of one cluster. */
  readonly providers: readonly CloudProvider[];
  readonly clock: Clock;
}

/**
 * Asks every provider for its clusters. A provider that fails, hangs or answers nonsense is a gap, with all it had found
 * before kept, and the rest proceeds. The same fleet gives the same result, whatever the order of answers. Reads only; no
 * iterator outlives the call.
 *
 * @throws the signal's reason when aborted, and nothing else.
 */
export async function discoverFleet(
  deps: DiscoverFleetDeps,
  input: DiscoverFleetInput,
  ctx: Ctx,
): Promise<FleetObservation> {
  ctx.signal.throwIfAborted();
  const takenAtMs = deps.clock.nowMs();
  const found = await mapLimited(
    deps.providers,
    input.concurrency ?? PROVIDERS_AT_A_TIME,
    (provider) => discoverProvider(provider, deps.clock, input, ctx),
    { signal: ctx.signal },
  );
  return {
    takenAtMs,
    clusters: mergeFound(found.map((each) => each.clusters)),
    gaps: found.flatMap((each) => each.gaps).sort(compareGaps),
  };
}

function compareGaps(a: Gap, b: Gap): number {
  return (
    compareIds(a.provider, b.provider) ||
    compareIds(a.scope, b.scope) ||
    compareIds(a.region ?? "", b.region ?? "") ||
    compareIds(a.ref?.id ?? "", b.ref?.id ?? "") ||
    compareIds(a.kind, b.kind) ||
    compareIds(a.message, b.message)
  );
}
