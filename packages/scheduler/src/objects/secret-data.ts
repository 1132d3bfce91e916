import type { KubeObject } from "@flotilla/core";
import { isMap } from "./json-access.ts";

export function isSecret(ref: { readonly apiVersion: string; readonly kind: string }): boolean {
  return ref.apiVersion === "v1" && ref.kind === "Secret";
}

/**
 * `stringData` written as `data`, as the server would: it is write-only there, so a second apply could not be compared.
 * `stringData` wins over `data`. Source: core/v1 Secret.
 */
export function renderSecretData(object: KubeObject): KubeObject {
  if (!isSecret(object) || !isMap(object["stringData"])) return object;
  const { stringData, data, ...rest } = object;
  const encoded = Object.entries(stringData as Record<string, unknown>).map(([key, value]) => [
    key,
    Buffer.from(String(value), "utf8").toString("base64"),
  ]);
  const merged = { ...(isMap(data) ? data : {}), ...Object.fromEntries(encoded) };
  return { ...rest, apiVersion: object.apiVersion, kind: object.kind, metadata: object.metadata, data: merged };
}
