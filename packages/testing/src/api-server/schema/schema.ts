import type { Json } from "../json/json.ts";

/**
 * What a value may look like and how its parts are owned and merged. Built-in kinds come from the type tables, custom
 * kinds from their structural schema. `lists` and `maps` say `atomic` where the whole value has one owner.
 */
export type Schema = AnySchema | ScalarSchema | StructSchema | MapSchema | ListSchema;

/** No declared shape: everything is kept; objects merge by field, lists are atomic. */
export interface AnySchema {
  readonly kind: "any";
}

/** string · 32- and 64-bit integer · number · boolean · quantity · int-or-string · RFC 3339 time, in micro-seconds · base64. */
export type ScalarType =
  "string" | "int32" | "int64" | "number" | "boolean" | "quantity" | "intOrString" | "time" | "microTime" | "bytes";

export interface ScalarSchema {
  readonly kind: "scalar";
  readonly type: ScalarType;
  readonly values: readonly string[];
}

export interface StructSchema {
  readonly kind: "struct";
  /** Full name as in OpenAPI (`io.k8s.api.apps.v1.Deployment`), or empty for an inline object. */
  readonly name: string;
  readonly atomic: boolean;
  /** Unknown fields are kept (`x-kubernetes-preserve-unknown-fields`). */
  readonly open: boolean;
  readonly fields: ReadonlyMap<string, Field>;
}

export interface Field {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
  /** Always written, even when empty: a Go struct, or a value without `omitempty`. */
  readonly always: boolean;
  /** A zero value (`""`, 0, false) counts as absent. */
  readonly omitZero: boolean;
  /** Strategic merge: fields not in `$retainKeys` are dropped. */
  readonly retainKeys: boolean;
  /** Its number in protobuf, behind that of the embedded struct if it is in one; none for custom kinds. */
  readonly number: readonly number[];
  readonly standard?: Json;
}

export interface MapSchema {
  readonly kind: "map";
  readonly atomic: boolean;
  readonly value: Schema;
}

export interface ListSchema {
  readonly kind: "list";
  readonly lists: "atomic" | "set" | "map";
  /** For `map`: the fields that tell items apart. */
  readonly keys: readonly string[];
  readonly item: Schema;
  /** Strategic merge patch: merged by this key (`""`: a set of scalars) instead of replaced. */
  readonly mergeKey?: string;
  readonly retainKeys: boolean;
}

/** The schema of undeclared values. */
export const ANY: AnySchema = Object.freeze({ kind: "any" });
