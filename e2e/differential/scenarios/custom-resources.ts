import { apply, get, patch, post, put, remove, withQuery } from "../requests.ts";
import type { Answer, Scenario } from "../step.ts";
import { at } from "../text-at.ts";

const PROPERTIES = {
  spec: {
    type: "object",
    required: ["size"],
    properties: {
      size: { type: "integer", minimum: 1, maximum: 9 },
      color: { type: "string", enum: ["red", "green"], default: "red" },
      tags: { type: "array", items: { type: "string" }, "x-kubernetes-list-type": "set" },
      parts: {
        type: "array",
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["name"],
        items: {
          type: "object",
          required: ["name"],
          properties: { name: { type: "string" }, count: { type: "integer" } },
        },
      },
      plain: { type: "array", items: { type: "string" } },
      free: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    },
  },
  status: { type: "object", properties: { phase: { type: "string" } } },
};

export const CUSTOM_RESOURCE_SCENARIOS: readonly Scenario[] = [
  {
    name: "custom resources",
    steps: (namespace) => {
      // Definitions are the whole cluster's: the namespace's name makes the group unique.
      const group = `${namespace}.example.com`;
      const definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
      const version = {
        name: "v1",
        served: true,
        storage: true,
        subresources: { status: {}, scale: { specReplicasPath: ".spec.size", statusReplicasPath: ".status.size" } },
        schema: { openAPIV3Schema: { type: "object", properties: PROPERTIES } },
        additionalPrinterColumns: [{ name: "Size", type: "integer", jsonPath: ".spec.size" }],
      };
      const definition = {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: `things.${group}` },
        spec: {
          group,
          scope: "Namespaced",
          names: { plural: "things", singular: "thing", kind: "Thing", listKind: "ThingList" },
          versions: [version],
        },
      };
      const all = `/apis/${group}/v1/namespaces/${namespace}/things`;
      const one = `${all}/t`;
      const thing = (
        spec: Readonly<Record<string, unknown>>,
        rest: Readonly<Record<string, unknown>> = {},
      ): unknown => ({ apiVersion: `${group}/v1`, kind: "Thing", metadata: { name: "t" }, spec, ...rest });
      const established = ({ json }: Answer): boolean => {
        const conditions = at(json, "status", "conditions");
        return (
          Array.isArray(conditions) &&
          conditions.some((one: unknown) => at(one, "type") === "Established" && at(one, "status") === "True")
        );
      };
      return [
        { name: "define", request: post(definitions, definition), compare: "code" },
        { name: "established", request: get(`${definitions}/things.${group}`), until: established, compare: "code" },
        { name: "served", request: get(all), until: ({ status }) => status === 200 },
        {
          name: "discovered",
          request: get(`/apis/${group}/v1`),
          until: ({ status }) => status === 200,
          compare: resourceNames,
        },
        { name: "too small", request: post(all, thing({ size: 0 })) },
        { name: "too big and an unknown colour", request: post(all, thing({ size: 10, color: "blue" })) },
        { name: "no size", request: post(all, thing({})) },
        { name: "a wrong type", request: post(all, thing({ size: "2" })), compare: "code" },
        {
          name: "unknown fields are pruned",
          request: post(
            all,
            thing({ size: 2, weight: 3, free: { any: { thing: [1] } } }, { status: { phase: "Mine" } }),
          ),
        },
        {
          name: "an unknown field, strictly",
          request: post(withQuery(all, { fieldValidation: "Strict" }), {
            ...(thing({ size: 2, weight: 3 }) as object),
            metadata: { name: "u" },
          }),
        },
        {
          name: "status by itself",
          request: patch(`${one}/status`, "merge-patch", { status: { phase: "Ready" }, spec: { size: 5 } }),
          compare: ({ json }) => [
            at(json, "status", "phase"),
            at(json, "spec", "size"),
            at(json, "metadata", "generation"),
          ],
        },
        {
          name: "scale",
          request: get(`${one}/scale`),
          compare: ({ json }) => [at(json, "kind"), at(json, "spec", "replicas")],
        },
        { name: "a strategic patch is not known", request: patch(one, "strategic-merge-patch", { spec: { size: 3 } }) },
        { name: "a merge patch", request: patch(one, "merge-patch", { spec: { size: 3, free: null } }) },
        { name: "a replace without revision", request: put(one, thing({ size: 4 })) },
        {
          name: "a applies",
          request: apply(
            withQuery(one, { force: "true" }),
            "e2e-a",
            thing({ size: 4, tags: ["x", "y"], parts: [{ name: "p", count: 1 }], plain: ["1", "2"] }),
          ),
        },
        {
          name: "b adds to set and map",
          request: apply(one, "e2e-b", { ...(thing({ tags: ["z"], parts: [{ name: "q", count: 2 }] }) as object) }),
        },
        { name: "b wants the plain list", request: apply(one, "e2e-b", thing({ plain: ["3"] })) },
        { name: "a drops a part", request: apply(one, "e2e-a", thing({ size: 4, tags: ["y"], plain: ["1", "2"] })) },
        {
          name: "a table",
          request: get(all, { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" }),
          compare: ({ json }) => [at(json, "columnDefinitions", "1", "name"), at(json, "rows", "0", "cells", "1")],
        },
        { name: "delete the definition", request: remove(`${definitions}/things.${group}`), compare: "code" },
        { name: "the things are gone", request: get(all), until: ({ status }) => status === 404, compare: "code" },
      ];
    },
  },
];

function resourceNames(answer: Answer): unknown {
  const resources = at(answer.json, "resources");
  if (!Array.isArray(resources)) return answer.json;
  const facts = resources.map((one: unknown) => [at(one, "name"), at(one, "kind"), at(one, "namespaced")].join(" "));
  return facts.toSorted();
}
