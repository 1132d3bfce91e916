import {
  type Clock,
  type Ctx,
  digestOf,
  failureOf,
  type KubeCluster,
  type KubeObject,
  mapLimited,
  type ObjectRef,
  untilAborted,
  withTimeout,
} from "@flotilla/core";
import {
  ADOPTED_ANNOTATION,
  DIGEST_ANNOTATION,
  type Ownership,
  ownershipOf,
  PLAN_ANNOTATION,
} from "../inventory/ownership.ts";
import { mapAt } from "../objects/json-access.ts";
import { refKey } from "../objects/object-ref.ts";
import { isSecret } from "../objects/secret-data.ts";
import { withoutReplicas } from "../override/set-replicas.ts";

/** What was found where an object is to go. */
interface LiveFact {
  readonly live: Ownership;
  /** Changes whenever someone changes what the object says; `null` where nothing is. */
  readonly observed: string | null;
  /** The plan that last changed it, where it is ours. */
  readonly appliedBy?: string;
}

/** Facts by `liveKey`; a member that could not be read has none and is in `unread`. */
export interface LiveFacts {
  readonly facts: ReadonlyMap<string, LiveFact>;
  readonly unread: ReadonlyMap<string, string>;
}

export interface LookedAt {
  readonly cluster: string;
  readonly ref: ObjectRef;
  readonly initialReplicas?: number;
}

export interface LiveFactsDeps {
  readonly fleet: string;
  readonly clock: Clock;
  readonly connect: (clusterId: string, ctx: Ctx) => Promise<KubeCluster>;
  readonly clusterTimeoutMs: number;
  readonly concurrency: number;
}

export function liveKey(cluster: string, ref: ObjectRef): string {
  return `${cluster} ${refKey(ref)}`;
}

/**
 * Looks at every object where it is to go, member by member, each within its deadline. Reads only.
 *
 * @throws the signal's reason when aborted, and nothing else.
 */
export async function readLiveFacts(deps: LiveFactsDeps, objects: readonly LookedAt[], ctx: Ctx): Promise<LiveFacts> {
  const facts = new Map<string, LiveFact>();
  const unread = new Map<string, string>();
  const byCluster = Map.groupBy(objects, ({ cluster }) => cluster);
  const look = async ([cluster, wanted]: readonly [string, readonly LookedAt[]]): Promise<void> => {
    using timed = withTimeout(ctx, deps.clock, deps.clusterTimeoutMs);
    try {
      const kube = await untilAborted(deps.connect(cluster, timed), timed.signal);
      for (const each of wanted) {
        const live = await untilAborted(kube.get(each.ref, timed), timed.signal);
        facts.set(liveKey(cluster, each.ref), factOf(live, each, deps.fleet));
      }
    } catch (error) {
      ctx.signal.throwIfAborted();
      unread.set(cluster, failureOf(error).message);
    }
  };
  await mapLimited([...byCluster], deps.concurrency, look, { signal: ctx.signal });
  return { facts, unread };
}

function factOf(live: KubeObject | undefined, wanted: LookedAt, fleet: string): LiveFact {
  const ownership = ownershipOf(live, fleet);
  const appliedBy = ownership === "ours" ? live?.metadata.annotations?.[PLAN_ANNOTATION] : undefined;
  return { live: ownership, observed: fingerprintOf(live, wanted), ...(appliedBy === undefined ? {} : { appliedBy }) };
}

/**
 * What a live object says, in a few characters: its UID and a hash of its content without status and the server's own fields,
 * and without replicas that an autoscaler owns. Of a Secret only UID and version: no digest is kept of one.
 */
function fingerprintOf(live: KubeObject | undefined, wanted: Pick<LookedAt, "initialReplicas">): string | null {
  if (live === undefined) return null;
  const uid = live.metadata.uid ?? "";
  if (isSecret(live)) return `${uid}@${live.metadata.resourceVersion ?? ""}`;
  const { status: _status, metadata, ...content } = wanted.initialReplicas === undefined ? live : withoutReplicas(live);
  const marks = [PLAN_ANNOTATION, DIGEST_ANNOTATION, ADOPTED_ANNOTATION].map(
    (key) => mapAt(metadata, "annotations")[key],
  );
  return `${uid}@${digestOf([content, metadata.labels ?? {}, marks.map((mark) => mark ?? null)]).slice(0, 32)}`;
}
