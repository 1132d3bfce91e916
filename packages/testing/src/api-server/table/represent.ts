import { objectAt, without, type Json, type JsonObject } from "../json/json.ts";
import type { Resource } from "../resources/resource.ts";
import type { Column } from "./columns.ts";
import { columnsOf } from "./columns-of.ts";

/** How an answer is wanted: as it is, as rows for people, or the metadata alone. */
export type Representation = "object" | "table" | "metadata";

/** What of each object a table row carries. */
export type RowObject = "Metadata" | "Object" | "None";

/** How one request wants objects told. */
export interface View {
  readonly representation: Representation;
  readonly rowObject: RowObject;
  readonly nowMs: number;
}

/** Reads the Accept header; `undefined` when nothing in it can be served. */
export function parseAccept(accept: string | undefined): Representation | undefined {
  const wanted = (accept ?? "").trim();
  if (wanted === "") return "object";
  for (const part of wanted.split(",")) {
    const [type = "", ...parameters] = part.split(";").map((piece) => piece.trim());
    if (type !== "application/json" && type !== "*/*" && type !== "application/*") continue;
    const as = parameters.find((one) => one.startsWith("as="))?.slice("as=".length);
    if (as === undefined) return "object";
    if (as === "Table") return "table";
    if (as === "PartialObjectMetadata" || as === "PartialObjectMetadataList") return "metadata";
  }
  return undefined;
}

/** One object in the wanted form. */
export function representObject(resource: Resource, object: JsonObject, view: View): JsonObject {
  switch (view.representation) {
    case "object":
      return object;
    case "metadata":
      return partial(object);
    case "table":
      return table(
        resource,
        [object],
        { resourceVersion: objectAt(object, "metadata")["resourceVersion"] ?? "" },
        view,
      );
  }
}

/** A list in the wanted form. */
export function representList(
  resource: Resource,
  page: { readonly items: readonly JsonObject[]; readonly metadata: JsonObject },
  view: View,
): JsonObject {
  const apiVersion = resource.group === "" ? resource.version : `${resource.group}/${resource.version}`;
  switch (view.representation) {
    case "object": {
      // Items of built-in lists carry neither kind nor version.
      const items =
        resource.custom === undefined ? page.items.map((item) => without(item, "kind", "apiVersion")) : page.items;
      return { kind: resource.listKind, apiVersion, metadata: page.metadata, items: [...items] };
    }
    case "metadata":
      return {
        kind: "PartialObjectMetadataList",
        apiVersion: "meta.k8s.io/v1",
        metadata: page.metadata,
        items: page.items.map(partial),
      };
    case "table":
      return table(resource, page.items, page.metadata, view);
  }
}

function partial(object: JsonObject): JsonObject {
  return { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: objectAt(object, "metadata") };
}

function table(resource: Resource, items: readonly JsonObject[], metadata: JsonObject, view: View): JsonObject {
  const columns = columnsOf(resource);
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata,
    columnDefinitions: columns.map(describeColumn),
    rows: items.map((item): JsonObject => {
      const cells: Json[] = columns.map((column) => column.cell(item, view.nowMs));
      const conditions = hasEnded(resource, item)
        ? {
            conditions: [
              {
                type: "Completed",
                status: "True",
                reason: "Succeeded",
                message: "The pod has completed successfully.",
              },
            ],
          }
        : {};
      if (view.rowObject === "None") return { cells, ...conditions };
      return { cells, ...conditions, object: view.rowObject === "Object" ? item : partial(item) };
    }),
  };
}

function hasEnded(resource: Resource, item: JsonObject): boolean {
  return resource.group === "" && resource.kind === "Pod" && objectAt(item, "status")["phase"] === "Succeeded";
}

function describeColumn(column: Column): JsonObject {
  return {
    name: column.name,
    type: column.type,
    format: column.name === "Name" && column.type === "string" ? "name" : "",
    description: column.description,
    priority: column.isWide ? 1 : 0,
  };
}
