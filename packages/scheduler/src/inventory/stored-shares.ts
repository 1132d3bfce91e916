import { isJsonObject, type ObjectRef, type RecordStore } from "@flotilla/core";
import type { Share } from "../engine/decision.ts";
import { listAt, mapAt, numberAt, textAt } from "../objects/json-access.ts";
import type { ShareRecord } from "./known-shares.ts";
import { workloadHash } from "./ownership.ts";

/** The last shares of a workload in the store: what a dead member was given when nobody else can tell. */
export interface StoredShares extends ShareRecord {
  readonly ref: ObjectRef;
  readonly planId: string;
  /** Members from which the workload is still to be deleted. */
  readonly deleting?: readonly string[];
}

export async function listStoredShares(store: RecordStore, fleet: string): Promise<readonly StoredShares[]> {
  return (await store.list(prefixOf(fleet))).map(({ value }) => parse(value)).filter((record) => record !== undefined);
}

/** Idempotent; an unchanged record is not written again. */
export async function writeStoredShares(store: RecordStore, fleet: string, record: StoredShares): Promise<void> {
  const key = keyOf(fleet, record.ref);
  const before = await store.get(key);
  if (JSON.stringify(before?.value) !== JSON.stringify(record)) await store.put(key, record);
}

export async function deleteStoredShares(store: RecordStore, fleet: string, ref: ObjectRef): Promise<void> {
  await store.delete(keyOf(fleet, ref));
}

function keyOf(fleet: string, ref: ObjectRef): string {
  return `${prefixOf(fleet)}${workloadHash(fleet, ref)}`;
}

function prefixOf(fleet: string): string {
  return `shares/${fleet === "" ? "-" : fleet}/`;
}

function parse(value: unknown): StoredShares | undefined {
  const { apiVersion, kind, namespace, name } = mapAt(value, "ref");
  if (!isJsonObject(value) || typeof apiVersion !== "string" || typeof kind !== "string" || typeof name !== "string")
    return undefined;
  const ref = typeof namespace === "string" ? { apiVersion, kind, namespace, name } : { apiVersion, kind, name };
  const deleting = listAt(value, "deleting").filter((id) => typeof id === "string");
  return {
    ref,
    planId: textAt(value, "planId") ?? "",
    shares: listAt(value, "shares").map(readShare),
    revision: numberAt(value, "revision") ?? 0,
    ...(deleting.length === 0 ? {} : { deleting }),
  };
}

function readShare(share: unknown): Share {
  return { cluster: textAt(share, "cluster") ?? "", replicas: numberAt(share, "replicas") ?? 0 };
}
