import type { ClusterCapacity } from "../cluster/cluster-capacity.ts";
import type { Ctx } from "../provider/ctx.ts";
import type { KubeObject, ObjectRef } from "./kube-object.ts";

/**
 * One Kubernetes cluster. Every method takes its deadline from `ctx`, sends one request unless it says otherwise, and
 * throws CloudError: `unauthenticated` (401), `denied` (403), `notFound` (the kind, or a namespace that is missing on a
 * write), `invalid` (400, 422; the message keeps the server's causes), `stale` (409 on a resourceVersion or precondition),
 * `throttled` (429), `transient` (5xx, connection lost before anything was sent, or on a read), `timeoutUnknown` (a write
 * may have landed), `cancelled`. Expected outcomes are data.
 */
export interface KubeCluster extends AsyncDisposable {
  readonly id: string;
  /** Server version, e.g. `v1.36.3`. */
  version(ctx: Ctx): Promise<string>;
  /** What kinds the server has. Cached for the life of this object; an unknown kind asks once more. */
  kinds(ctx: Ctx): Promise<readonly KindInfo[]>;
  /** The kind's plural, scope and verbs, or `undefined` where the server does not have it. */
  kind(apiVersion: string, kind: string, ctx: Ctx): Promise<KindInfo | undefined>;
  /** `undefined` when there is no such object (or no such namespace or kind). */
  get(ref: ObjectRef, ctx: Ctx): Promise<KubeObject | undefined>;
  /** Page by page, one consistent list. A page token that expires on the way (410) restarts the list by itself. */
  list(input: ListInput, ctx: Ctx): AsyncIterable<ListPage>;
  /**
   * Lists, then watches for ever: reconnects with jitter, asks for bookmarks, and on 410 lists again and tells what was
   * deleted meanwhile. No event is lost or told twice for one resourceVersion. Ends only when aborted (then it returns).
   */
  watch(input: WatchInput, ctx: Ctx): AsyncIterable<WatchEvent>;
  /** Server-side apply. Conflicts are data. Repeating it changes nothing. */
  apply(object: KubeObject, options: ApplyOptions, ctx: Ctx): Promise<ApplyResult>;
  /** Creates; @throws CloudError `exists` */
  create(object: KubeObject, options: WriteOptions, ctx: Ctx): Promise<KubeObject>;
  /** PUT with the object's resourceVersion; @throws CloudError `stale` when it moved. */
  replace(object: KubeObject, options: WriteOptions, ctx: Ctx): Promise<KubeObject>;
  /** `absent` when there was nothing to delete. @throws CloudError `stale` when a precondition does not hold. */
  delete(ref: ObjectRef, options: DeleteOptions, ctx: Ctx): Promise<"deleted" | "deleting" | "absent">;
  /** Allocatable and requested amounts, node shapes. Several requests. @throws CloudError `denied` where nodes may not be read. */
  capacity(ctx: Ctx): Promise<ClusterCapacity>;
}

/** A kind that the server has. `plural` is its name in paths. */
export interface KindInfo {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** What to list. Selectors are in their text form; without a namespace it is every one of them. */
export interface ListInput {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly pageSize?: number;
}

/** A part of a list; every page of one list has the same resourceVersion. */
export interface ListPage {
  readonly items: readonly KubeObject[];
  readonly resourceVersion: string;
  /** The list started anew, since its page token had expired: forget the pages before this one. Never on a first page. */
  readonly restarted?: true;
}

/** What to watch. */
export interface WatchInput extends ListInput {
  /** Longest silence before the connection is taken for dead and replaced. Default 5 minutes; bookmarks come every minute. */
  readonly livenessMs?: number;
}

/** A change, or word of how far the watch is. */
export type WatchEvent =
  | { readonly type: "added" | "modified" | "deleted"; readonly object: KubeObject }
  /** Everything that existed has been told: the cache is complete up to this resourceVersion. */
  | { readonly type: "synced"; readonly resourceVersion: string }
  | { readonly type: "bookmark"; readonly resourceVersion: string };

/** `fieldManager` is whose fields these are; `dryRun` asks the server to check and change nothing. */
export interface WriteOptions {
  readonly fieldManager: string;
  readonly dryRun?: boolean;
}

/** Options of a server-side apply. */
export interface ApplyOptions extends WriteOptions {
  /** Take fields from other managers. Only when the user asked. */
  readonly force?: boolean;
  readonly subresource?: "status" | "scale";
}

/** What an apply did. A conflict changed nothing. */
export type ApplyResult =
  | { readonly outcome: "created" | "changed" | "unchanged"; readonly object: KubeObject }
  | { readonly outcome: "conflict"; readonly conflicts: readonly FieldConflict[] };

/** A field that somebody else owns. */
export interface FieldConflict {
  /** As the server names it, e.g. `.spec.replicas`. */
  readonly field: string;
  /** The field manager that owns it. */
  readonly manager: string;
}

/** `uid` and `resourceVersion` are preconditions: what is deleted is what was seen. */
export interface DeleteOptions {
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly propagation?: "Background" | "Foreground" | "Orphan";
  readonly dryRun?: boolean;
}
