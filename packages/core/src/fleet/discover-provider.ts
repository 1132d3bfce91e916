import type { Clock } from "../async/clock.ts";
import { untilAborted } from "../async/until-aborted.ts";
import { withTimeout } from "../async/with-timeout.ts";
import { parseClusterId } from "../cluster/cluster-id.ts";
import type { Cluster, Scope } from "../cluster/cluster.ts";
import { CloudError } from "../errors/cloud-error.ts";
import { failureOf } from "../errors/failure-of.ts";
import type { CloudProvider } from "../provider/cloud-provider.ts";
import type { Ctx } from "../provider/ctx.ts";
import type { DiscoveryEvent } from "../provider/discovery.ts";
import { type DiscoverFleetInput, PROVIDER_TIMEOUT_MS } from "./discover-fleet-input.ts";
import type { Gap } from "./fleet-observation.ts";

/** What one provider gave. */
export interface ProviderFindings {
  readonly clusters: readonly Cluster[];
  readonly gaps: readonly Gap[];
}

/** Stands for "all that this provider has" where no narrower scope is known to be missing. */
export const EVERY_SCOPE: Scope = "*";
// Ten times the largest fleet we know of. A provider that streams for ever without waiting would starve every timer.
const EVENTS_MAX = 200_000;

/** Reads one provider's stream to its end, its failure or its deadline; all three are results. Throws only when aborted. */
export async function discoverProvider(
  provider: CloudProvider,
  clock: Clock,
  input: DiscoverFleetInput,
  ctx: Ctx,
): Promise<ProviderFindings> {
  using timed = withTimeout(ctx, clock, input.providerTimeoutMs ?? PROVIDER_TIMEOUT_MS);
  const collector = new Collector(provider.name, input);
  try {
    await collect(provider, input, timed, collector);
  } catch (error) {
    if (ctx.signal.aborted) throw error;
    collector.fail(error, input.scopes);
  }
  return collector;
}

async function collect(
  provider: CloudProvider,
  input: DiscoverFleetInput,
  timed: Ctx,
  collector: Collector,
): Promise<void> {
  const scopes = input.scopes === undefined ? {} : { scopes: input.scopes };
  const iterator = provider.discovery.discover(scopes, timed)[Symbol.asyncIterator]();
  try {
    for (let count = 0; count < EVENTS_MAX; count += 1) {
      const next = await untilAborted(Promise.resolve(iterator.next()), timed.signal);
      if (next.done === true) return;
      collector.add(next.value);
    }
    throw new CloudError("internal", `more than ${EVENTS_MAX} discovery events: the provider was cut off`);
  } finally {
    close(iterator);
  }
}

/** Asks the stream to let go of what it holds. Not awaited: one that hangs would hang here as well. */
function close(iterator: AsyncIterator<DiscoveryEvent>): void {
  try {
    iterator.return?.().then(undefined, () => undefined);
  } catch {
    // A stream that cannot even be closed has been reported for what made us close it.
  }
}

class Collector implements ProviderFindings {
  readonly clusters: Cluster[] = [];
  readonly gaps: Gap[] = [];
  readonly #doneScopes = new Set<Scope>();
  readonly #provider: string;
  readonly #input: DiscoverFleetInput;

  constructor(provider: string, input: DiscoverFleetInput) {
    this.#provider = provider;
    this.#input = input;
  }

  add(event: DiscoveryEvent): void {
    switch (event.type) {
      case "cluster":
        return this.#addCluster(event.cluster);
      case "scopeDone":
        this.#doneScopes.add(event.scope);
        this.#input.onEvent?.({ type: "scopeDone", provider: this.#provider, scope: event.scope });
        return;
      case "gap":
        this.#doneScopes.add(event.scope);
        return this.#addGap(event.scope, failureOf(event.error), event);
      default:
        event satisfies never;
        throw new CloudError("internal", "the provider sent a discovery event of an unknown type");
    }
  }

  /** The stream broke: everything asked for and not told of is missing. */
  fail(error: unknown, scopes: readonly Scope[] | undefined): void {
    const missing = (scopes ?? [EVERY_SCOPE]).filter((scope) => !this.#doneScopes.has(scope));
    for (const scope of missing.length === 0 ? [EVERY_SCOPE] : missing) this.#addGap(scope, failureOf(error), {});
  }

  #addCluster(cluster: Cluster): void {
    if (parseClusterId(cluster.id) === undefined) {
      throw new CloudError(
        "internal",
        `the provider sent a cluster whose id cannot be read: ${JSON.stringify(cluster.id)}`,
      );
    }
    this.clusters.push(cluster);
    this.#input.onEvent?.({ type: "cluster", provider: this.#provider, cluster });
  }

  #addGap(
    scope: Scope,
    failure: Pick<Gap, "kind" | "message">,
    part: { readonly location?: string; readonly ref?: Gap["ref"] },
  ): void {
    const gap: Gap = {
      provider: this.#provider,
      scope,
      region: part.location ?? null,
      ...(part.ref === undefined ? {} : { ref: part.ref }),
      ...failure,
    };
    this.gaps.push(gap);
    this.#input.onEvent?.({ type: "gap", gap });
  }
}
