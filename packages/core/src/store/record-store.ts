/** Limit of a record: what a Kubernetes object can hold beside its own metadata, so that one can be the store. */
export const RECORD_BYTES_MAX: number = 256 * 1024;

/**
 * A small durable map with compare-and-set. Keys are `/`-separated paths. Every implementation passes the same
 * conformance kit. A value is any JSON; a record over `RECORD_BYTES_MAX` is refused with CloudError `invalid`.
 */
export interface RecordStore extends AsyncDisposable {
  get(key: string): Promise<StoredRecord | undefined>;
  /**
   * Writes durably before it resolves. `expectedVersion: null` means "must not exist", a number means "must be that
   * version", absent means "whatever is there". A lost race is data: `stored: false` with what is there now.
   */
  put(key: string, value: unknown, options?: { readonly expectedVersion?: number | null }): Promise<PutResult>;
  /** `false` when it was not there, or not at that version. */
  delete(key: string, options?: { readonly expectedVersion?: number }): Promise<boolean>;
  /** In key order. */
  list(prefix: string): Promise<readonly StoredRecord[]>;
  /** Changes under the prefix from now on, in order; ends when aborted. */
  watch(prefix: string, options: { readonly signal: AbortSignal }): AsyncIterable<RecordChange>;
}

/** A record as it stands in the store. */
export interface StoredRecord {
  readonly key: string;
  readonly value: unknown;
  /** Grows with every write of this key. */
  readonly version: number;
  readonly updatedAtMs: number;
}

/** The outcome of a write; a lost race is not an error. */
export type PutResult =
  | { readonly stored: true; readonly version: number }
  | { readonly stored: false; readonly current: StoredRecord | undefined };

/** One change of one key. */
export type RecordChange =
  { readonly type: "put"; readonly record: StoredRecord } | { readonly type: "delete"; readonly key: string };
