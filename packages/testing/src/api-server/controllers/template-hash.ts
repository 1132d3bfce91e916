import { isList, isObject, type Json } from "../json/json.ts";

/** Letters hashes are written in: the same as in generated names. Source: k8s.io/apimachinery/pkg/util/rand.SafeEncodeString. */
const ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** A short name for a pod template: the same template has the same one. Not the value a real controller would compute. */
export function templateHash(template: Json): string {
  let hash = FNV_OFFSET;
  for (const byte of Buffer.from(canonical(template), "utf8")) hash = Math.imul(hash ^ byte, FNV_PRIME) >>> 0;
  return Array.from(String(hash))
    .map((digit) => ALPHABET[digit.charCodeAt(0) % ALPHABET.length])
    .join("");
}

function canonical(value: Json): string {
  if (isList(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.keys(value).sort();
  return `{${fields.map((field) => `${JSON.stringify(field)}:${canonical(value[field] ?? null)}`).join(",")}}`;
}
