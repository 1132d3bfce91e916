import { isJsonObject, type RecordStore } from "@flotilla/core";

/**
 * Characters per part. A character takes at most 3 bytes of UTF-8 and a quote is escaped into 2, so a part stays well under
 * `RECORD_BYTES_MAX`.
 */
const PART_CHARACTERS = 64 * 1024;

/**
 * Writes a value of any size: its parts first, the head last, so that a head means that every part is there. Parts are named
 * by the head's version, so that writing again never mixes two values.
 */
export async function writeLarge(store: RecordStore, key: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value);
  const before = await store.get(key);
  const generation = (before?.version ?? 0) + 1;
  const count = Math.ceil(text.length / PART_CHARACTERS);
  for (let index = 0; index < count; index += 1) {
    const part = text.slice(index * PART_CHARACTERS, (index + 1) * PART_CHARACTERS);
    await store.put(partKey(key, generation, index), part);
  }
  await store.put(key, { parts: count, generation });
  for (const old of await store.list(`parts/${key}/`)) {
    if (!old.key.startsWith(`parts/${key}/${generation}/`)) await store.delete(old.key);
  }
}

/** `undefined` where there is no such value, or where it was replaced while it was read. */
export async function readLarge(store: RecordStore, key: string): Promise<unknown> {
  const head = await store.get(key);
  if (!isJsonObject(head?.value)) return undefined;
  const { parts, generation } = head.value as { readonly parts?: unknown; readonly generation?: unknown };
  if (typeof parts !== "number" || typeof generation !== "number") return undefined;
  const texts: string[] = [];
  for (let index = 0; index < parts; index += 1) {
    const part = (await store.get(partKey(key, generation, index)))?.value;
    if (typeof part !== "string") return undefined;
    texts.push(part);
  }
  return JSON.parse(texts.join("")) as unknown;
}

function partKey(key: string, generation: number, index: number): string {
  return `parts/${key}/${generation}/${String(index).padStart(6, "0")}`;
}
