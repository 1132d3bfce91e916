import { type Ctx, digestOf, failureOf, type KubeObject, mapLimited, type ObjectRef } from "@flotilla/core";
import type { Members } from "../cycle/members.ts";
import {
  ADOPTED_ANNOTATION,
  DIGEST_ANNOTATION,
  type Ownership,
  ownershipOf,
  PLAN_ANNOTATION,
} from "../inventory/ownership.ts";
import { mapAt, numberAt } from "../objects/json-access.ts";
import { refKey } from "../objects/object-ref.ts";
import { isSecret } from "../objects/secret-data.ts";
import { replicasPathOf, withoutReplicas } from "../override/set-replicas.ts";

/** What was found where an object is to go. */
interface LiveFact {
  readonly live: Ownership;
  /** Changes whenever someone changes what the object says; `null` where nothing is. */
  readonly observed: string | null;
  /** The plan that last changed it, where it is ours. */
  readonly appliedBy?: string;
  /** Pods that its spec asks for. */
  readonly liveReplicas?: number;
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
  readonly members: Members;
  /** Members looked at at a time. */
  readonly concurrency: number;
}

/** Objects asked of one member at a time: hides the way there and back without crowding a small API server. */
const OBJECTS_AT_A_TIME = 8;

export function liveKey(cluster: string, ref: ObjectRef): string {
  return `${cluster} ${refKey(ref)}`;
}

/**
 * Looks at every object where it is to go, each answer within the member's deadline; a member that does not answer is asked no
 * more. Reads only.
 *
 * @throws the signal's reason when aborted, and nothing else.
 */
export async function readLiveFacts(deps: LiveFactsDeps, objects: readonly LookedAt[], ctx: Ctx): Promise<LiveFacts> {
  const facts = new Map<string, LiveFact>();
  const unread = new Map<string, string>();
  const lookAt = async (wanted: LookedAt): Promise<void> => {
    const { cluster, ref } = wanted;
    const live = await deps.members.use(cluster, (kube, timed) => kube.get(ref, timed), ctx);
    facts.set(liveKey(cluster, ref), factOf(live, wanted, deps.fleet));
  };
  const lookAtMember = async ([cluster, wanted]: readonly [string, readonly LookedAt[]]): Promise<void> => {
    try {
      await mapLimited(wanted, OBJECTS_AT_A_TIME, lookAt, { signal: ctx.signal });
    } catch (error) {
      ctx.signal.throwIfAborted();
      unread.set(cluster, failureOf(error).message);
    }
  };
  const byCluster = Map.groupBy(objects, ({ cluster }) => cluster);
  await mapLimited([...byCluster], deps.concurrency, lookAtMember, { signal: ctx.signal });
  return { facts, unread };
}

function factOf(live: KubeObject | undefined, wanted: LookedAt, fleet: string): LiveFact {
  const ownership = ownershipOf(live, fleet);
  const appliedBy = ownership === "ours" ? live?.metadata.annotations?.[PLAN_ANNOTATION] : undefined;
  const path = live === undefined ? undefined : replicasPathOf(live);
  const liveReplicas = path === undefined ? undefined : numberAt(live, ...path);
  return {
    live: ownership,
    observed: fingerprintOf(live, wanted),
    ...(appliedBy === undefined ? {} : { appliedBy }),
    ...(liveReplicas === undefined ? {} : { liveReplicas }),
  };
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
