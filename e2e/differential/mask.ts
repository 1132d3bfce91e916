import { textAt } from "./text-at.ts";

/** Field managers whose names begin so belong to the scenarios; what controllers own is left out of comparisons. */
export const OUR_MANAGERS = "e2e-";

/**
 * Replaces what a server chooses by itself (uids, revisions, times, addresses) by its type's name, so that two servers'
 * answers can be compared, and drops what depends on a controller's pace (`status`, controllers' managed fields and
 * annotations). Whether a value is there at all stays visible.
 */
export function mask(value: unknown, options: { readonly keepStatus?: boolean } = {}): unknown {
  return maskValue(value, options, []);
}

const UID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Uids also stand in owner references and in the keys of managed fields. */
function maskUids(text: string): string {
  return text.replaceAll(UID, "uid");
}

interface MaskOptions {
  readonly keepStatus?: boolean;
}

function maskValue(value: unknown, options: MaskOptions, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item, index) => maskValue(item, options, [...path, String(index)]));
  if (typeof value === "string") return maskUids(value);
  if (!isRecord(value)) return value;
  if (value["kind"] === "Status" && value["apiVersion"] === "v1") return maskStatusBody(value);
  const entries = Object.entries(value).flatMap(([key, inner]): readonly (readonly [string, unknown])[] => {
    const masked = maskField(key, inner, options, path);
    return masked === DROPPED ? [] : [[maskUids(key), masked]];
  });
  return Object.fromEntries(entries);
}

const DROPPED = Symbol("dropped");

function maskField(key: string, value: unknown, options: MaskOptions, path: readonly string[]): unknown {
  const parent = path.at(-1);
  if (parent === "metadata") {
    if (key === "continue" && value === "") return DROPPED;
    if (MASKED_METADATA.has(key)) return typeof value;
    if (key === "managedFields" && Array.isArray(value)) return maskManagedFields(value);
    if (key === "annotations" && isRecord(value)) return dropControllerAnnotations(value);
  }
  if (key === "status" && options.keepStatus !== true && (isRecord(value) || value === null)) return DROPPED;
  if (MASKED_ANYWHERE.has(key) && typeof value === "string") return "address";
  if (key === "clusterIPs" && Array.isArray(value)) return value.map((ip) => (ip === "None" ? ip : "address"));
  return maskValue(value, options, [...path, key]);
}

const MASKED_METADATA = new Set(["uid", "resourceVersion", "creationTimestamp", "deletionTimestamp", "continue"]);
const MASKED_ANYWHERE = new Set(["clusterIP"]);

/** The server sorts by time in whole seconds: the order says nothing that holds on another machine. */
function maskManagedFields(entries: readonly unknown[]): unknown {
  const ours = entries.filter((entry) => textAt(entry, "manager").startsWith(OUR_MANAGERS)).filter(isRecord);
  const masked = ours.map((entry) => ({
    ...entry,
    time: typeof entry["time"],
    fieldsV1: maskUidsIn(entry["fieldsV1"]),
  }));
  const rank = (entry: unknown): string =>
    ["manager", "operation", "subresource"].map((key) => textAt(entry, key)).join();
  return masked.toSorted((a, b) => rank(a).localeCompare(rank(b)));
}

function maskUidsIn(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(maskUids(JSON.stringify(value))) as unknown);
}

function dropControllerAnnotations(annotations: Readonly<Record<string, unknown>>): unknown {
  const kept = Object.entries(annotations).filter(([key]) => !key.startsWith("deployment.kubernetes.io/"));
  return kept.length === 0 ? DROPPED : Object.fromEntries(kept);
}

/** Of an error only what programs branch on: wording may differ, reasons and fields may not. */
function maskStatusBody(body: Readonly<Record<string, unknown>>): unknown {
  const { status, reason, code, details } = body;
  const { name, group, kind, uid, causes } = isRecord(details) ? details : {};
  const list = Array.isArray(causes) ? causes.filter(isRecord) : [];
  return {
    kind: "Status",
    status,
    reason,
    code,
    hasMessage: typeof body["message"] === "string",
    details: {
      name,
      group,
      kind,
      uid: typeof uid,
      causes: [...new Set(list.map((cause) => `${textAt(cause, "reason")} ${textAt(cause, "field")}`))].toSorted(),
    },
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
