import { isList, listAt, objectAt, objectsAt, stringAt, valueAt, type JsonObject } from "../json/json.ts";
import { ALL_VERBS, type Resource, type ScalePaths } from "../resources/resource.ts";
import type { TypeTable } from "../schema/parse-type-table.ts";
import { ANY } from "../schema/schema.ts";
import { customSchema } from "./custom-schema.ts";

const AGE_COLUMN: JsonObject = { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" };

/** The kinds a CustomResourceDefinition brings: one for each served version. */
export function definitionResources(definition: JsonObject, types: TypeTable): Resource[] {
  const spec = objectAt(definition, "spec");
  const names = objectAt(spec, "names");
  const metadata = types.get("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta") ?? ANY;
  const served = objectsAt(spec, "versions").filter((version) => version["served"] === true);
  return served.map((version): Resource => {
    const validation = objectAt(version, "schema", "openAPIV3Schema");
    const scale = scalePaths(objectAt(version, "subresources", "scale"));
    const hasStatus = valueAt(version, "subresources", "status") !== undefined;
    const columns = version["additionalPrinterColumns"];
    return {
      group: stringAt(spec, "group") ?? "",
      version: stringAt(version, "name") ?? "",
      plural: stringAt(names, "plural") ?? "",
      singular: stringAt(names, "singular") ?? "",
      kind: stringAt(names, "kind") ?? "",
      listKind: stringAt(names, "listKind") ?? "",
      namespaced: stringAt(spec, "scope") === "Namespaced",
      shortNames: texts(listAt(names, "shortNames")),
      categories: texts(listAt(names, "categories")),
      verbs: ALL_VERBS,
      subresources: [...(scale === undefined ? [] : ["scale"]), ...(hasStatus ? ["status"] : [])],
      schema: customSchema(validation, metadata),
      hasGeneration: true,
      ...(scale === undefined ? {} : { scale }),
      custom: {
        validation,
        columns: isList(columns) && columns.length > 0 ? objectsAt(version, "additionalPrinterColumns") : [AGE_COLUMN],
        definition: stringAt(definition, "metadata", "name") ?? "",
      },
    };
  });
}

function texts(list: readonly unknown[]): string[] {
  return list.filter((item): item is string => typeof item === "string");
}

function scalePaths(scale: JsonObject): ScalePaths | undefined {
  const path = (name: string): readonly string[] | undefined => stringAt(scale, name)?.split(".").slice(1);
  const [specReplicas, statusReplicas, labelSelector] = [
    path("specReplicasPath"),
    path("statusReplicasPath"),
    path("labelSelectorPath"),
  ];
  if (specReplicas === undefined || statusReplicas === undefined) return undefined;
  return { specReplicas, statusReplicas, ...(labelSelector === undefined ? {} : { labelSelector }) };
}
