import {
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
  valueAt,
  withAt,
  without,
  type Json,
  type JsonObject,
} from "../json/json.ts";
import { bucketOf, type Resource } from "../resources/resource.ts";
import { timestamp } from "../rest/server-state.ts";
import type { StoreEvent } from "../store/object-store.ts";
import { conditionOf, isTrue } from "./conditions.ts";
import type { Controller } from "./controller.ts";
import { controllerReference, isDeleting, type ObjectClient } from "./object-client.ts";
import { isControlledBy, ownerKeys, splitKey } from "./owned-objects.ts";
import { isActive, isReady } from "./pod-facts.ts";

const INDEX = "batch.kubernetes.io/job-completion-index";

interface JobCounts {
  readonly succeeded: number;
  readonly failed: number;
  readonly active: readonly JsonObject[];
  readonly doneIndexes: ReadonlySet<number>;
}

/** Runs jobs: parallelism, completions (indexed or not), back-off limit, suspension and time to live. Failed pods are retried at once. */
export class JobController implements Controller {
  readonly name: string = "job";
  readonly #client: ObjectClient;
  readonly #jobs: Resource;
  readonly #pods: Resource;

  constructor(client: ObjectClient) {
    this.#client = client;
    this.#jobs = client.resource("batch/v1", "Job");
    this.#pods = client.resource("v1", "Pod");
  }

  keysOf(event: StoreEvent): readonly string[] {
    if (event.bucket === bucketOf(this.#jobs)) return [event.key];
    return event.bucket === bucketOf(this.#pods) ? ownerKeys(event, "Job") : [];
  }

  reconcile(key: string): number | undefined {
    const { namespace, name } = splitKey(key);
    const job = this.#client.get(this.#jobs, namespace, name);
    if (job === undefined || isDeleting(job)) return undefined;
    if (isTrue(job, "Complete") || isTrue(job, "Failed")) return this.#expire(job);
    const before = this.#count(job, namespace);
    const isSuspended = valueAt(job, "spec", "suspend") === true;
    const hasFailed = before.failed > (numberAt(job, "spec", "backoffLimit") ?? 6);
    if (isSuspended || hasFailed || this.#isComplete(job, before)) this.#stop(before.active);
    else this.#start(job, namespace, before);
    this.#report(job, this.#count(job, namespace), { isSuspended, hasFailed });
    return undefined;
  }

  #count(job: JsonObject, namespace: string): JobCounts {
    const pods = this.#client.list(this.#pods, namespace).filter((pod) => isControlledBy(pod, job));
    const inPhase = (phase: string): JsonObject[] => pods.filter((pod) => stringAt(pod, "status", "phase") === phase);
    const succeeded = inPhase("Succeeded");
    const indexes = succeeded.map((pod) => Number(stringAt(pod, "metadata", "annotations", INDEX) ?? -1));
    return {
      succeeded: succeeded.length,
      failed: inPhase("Failed").length,
      active: pods.filter(isActive),
      doneIndexes: new Set(indexes),
    };
  }

  #isIndexed(job: JsonObject): boolean {
    return stringAt(job, "spec", "completionMode") === "Indexed";
  }

  #isComplete(job: JsonObject, counts: JobCounts): boolean {
    const completions = numberAt(job, "spec", "completions");
    if (this.#isIndexed(job)) return counts.doneIndexes.size >= (completions ?? 1);
    if (completions !== undefined) return counts.succeeded >= completions;
    return counts.succeeded > 0 && counts.active.length === 0;
  }

  #start(job: JsonObject, namespace: string, counts: JobCounts): void {
    const parallelism = numberAt(job, "spec", "parallelism") ?? 1;
    const completions = numberAt(job, "spec", "completions");
    const done = this.#isIndexed(job) ? counts.doneIndexes.size : counts.succeeded;
    // Without completions, no pod is started once one has succeeded.
    const left =
      completions === undefined ? (counts.succeeded > 0 ? counts.active.length : parallelism) : completions - done;
    const wanted = Math.min(parallelism, left);
    if (counts.active.length > wanted) this.#stop(counts.active.slice(wanted));
    const free = this.#freeIndexes(job, counts);
    for (let made = counts.active.length; made < wanted; made += 1) this.#makePod(job, namespace, free.shift());
  }

  #freeIndexes(job: JsonObject, counts: JobCounts): number[] {
    if (!this.#isIndexed(job)) return [];
    const busy = new Set(counts.active.map((pod) => Number(stringAt(pod, "metadata", "annotations", INDEX) ?? -1)));
    const all = Array.from({ length: numberAt(job, "spec", "completions") ?? 1 }, (_, index) => index);
    return all.filter((index) => !busy.has(index) && !counts.doneIndexes.has(index));
  }

  #makePod(job: JsonObject, namespace: string, index: number | undefined): void {
    const template = objectAt(job, "spec", "template");
    const name = stringAt(job, "metadata", "name") ?? "";
    let metadata: JsonObject = {
      ...without(objectAt(template, "metadata"), "name", "namespace", "creationTimestamp"),
      generateName: index === undefined ? `${name}-` : `${name}-${index}-`,
      ownerReferences: [controllerReference(this.#jobs, job)],
      finalizers: [],
    };
    if (index !== undefined) {
      metadata = withAt(metadata, ["annotations", INDEX], String(index));
      metadata = withAt(metadata, ["labels", INDEX], String(index));
    }
    this.#client.create(this.#pods, namespace, { metadata, spec: objectAt(template, "spec") });
  }

  #stop(pods: readonly JsonObject[]): void {
    for (const pod of pods) this.#client.delete(this.#pods, pod);
  }

  #report(
    job: JsonObject,
    counts: JobCounts,
    state: { readonly isSuspended: boolean; readonly hasFailed: boolean },
  ): void {
    const now = timestamp(this.#client.state);
    const isComplete = this.#isComplete(job, counts);
    const numbers = { active: counts.active.length, succeeded: counts.succeeded, failed: counts.failed };
    const positive = Object.fromEntries(Object.entries(numbers).filter(([, count]) => count > 0));
    const started = stringAt(job, "status", "startTime") ?? (state.isSuspended ? undefined : now);
    const conditions = jobConditions(job, { ...state, isComplete }, now);
    const status: Record<string, Json> = {
      ...positive,
      ready: counts.active.filter(isReady).length,
      terminating: 0,
      uncountedTerminatedPods: {},
      ...(started === undefined ? {} : { startTime: started }),
      ...(isComplete ? { completionTime: now } : {}),
      ...(this.#isIndexed(job) && counts.doneIndexes.size > 0
        ? { completedIndexes: formatRanges([...counts.doneIndexes]) }
        : {}),
      ...(conditions.length === 0 ? {} : { conditions }),
    };
    this.#client.updateStatus(this.#jobs, job, status);
  }

  /** Deletes a finished job when its time to live is over. */
  #expire(job: JsonObject): number | undefined {
    const ttlSeconds = numberAt(job, "spec", "ttlSecondsAfterFinished");
    if (ttlSeconds === undefined) return undefined;
    const ended = stringAt(conditionOf(job, "Complete") ?? conditionOf(job, "Failed"), "lastTransitionTime") ?? "";
    const leftMs = Date.parse(ended) + ttlSeconds * 1000 - this.#client.state.clock.nowMs();
    if (leftMs > 0) return leftMs;
    this.#client.delete(this.#jobs, job, { propagation: "Background" });
    return undefined;
  }
}

function jobConditions(
  job: JsonObject,
  state: { readonly isSuspended: boolean; readonly hasFailed: boolean; readonly isComplete: boolean },
  now: string,
): JsonObject[] {
  const old = objectsAt(job, "status", "conditions").filter((one) => one["type"] !== "Suspended");
  const make = (type: string, status: string, reason: string, message: string): JsonObject => ({
    type,
    status,
    lastProbeTime: now,
    lastTransitionTime: now,
    reason,
    message,
  });
  const known = conditionOf(job, "Suspended");
  if (state.isComplete) {
    const text = ["CompletionsReached", "Reached expected number of succeeded pods"] as const;
    return [...old, make("SuccessCriteriaMet", "True", ...text), make("Complete", "True", ...text)];
  }
  if (state.hasFailed) {
    const text = ["BackoffLimitExceeded", "Job has reached the specified backoff limit"] as const;
    return [...old, make("FailureTarget", "True", ...text), make("Failed", "True", ...text)];
  }
  if (state.isSuspended)
    return [...old, known?.["status"] === "True" ? known : make("Suspended", "True", "JobSuspended", "Job suspended")];
  if (known === undefined) return old;
  return [...old, known["status"] === "False" ? known : make("Suspended", "False", "JobResumed", "Job resumed")];
}

/** `0-2,5`. */
function formatRanges(indexes: readonly number[]): string {
  const sorted = indexes.filter((index) => index >= 0).toSorted((a, b) => a - b);
  const parts: string[] = [];
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (sorted[to + 1] === (sorted[to] ?? 0) + 1) to += 1;
    parts.push(from === to ? `${sorted[from]}` : `${sorted[from]}-${sorted[to]}`);
    from = to + 1;
  }
  return parts.join(",");
}
