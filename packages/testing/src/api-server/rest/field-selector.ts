import { badRequest } from "../http/status-error.ts";
import { stringAt, valueAt, type JsonObject, show } from "../json/json.ts";
import type { Resource } from "../resources/resource.ts";
import type { Predicate } from "./label-selector.ts";

/** Fields besides name and namespace that a kind can be selected by. Source: the conversion functions of Kubernetes 1.36. */
const SELECTABLE: Readonly<Record<string, readonly string[]>> = {
  pods: [
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "spec.hostNetwork",
    "status.phase",
    "status.podIP",
    "status.nominatedNodeName",
  ],
  nodes: ["spec.unschedulable"],
  namespaces: ["status.phase"],
  secrets: ["type"],
  services: ["spec.clusterIP", "spec.type"],
  jobs: ["status.successful"],
  replicasets: ["status.replicas"],
  replicationcontrollers: ["status.replicas"],
  events: [
    "involvedObject.kind",
    "involvedObject.namespace",
    "involvedObject.name",
    "involvedObject.uid",
    "involvedObject.apiVersion",
    "involvedObject.resourceVersion",
    "involvedObject.fieldPath",
    "reason",
    "reportingComponent",
    "source",
    "type",
  ],
};

/** Reads `metadata.name=a,status.phase!=Running`. @throws StatusError 400 for a field the kind cannot be selected by */
export function parseFieldSelector(resource: Resource, text: string): Predicate {
  const requirements = text
    .split(",")
    .filter((part) => part.trim() !== "")
    .map((part) => parsePart(resource, part));
  return (object) => requirements.every((requirement) => requirement(object));
}

function parsePart(resource: Resource, text: string): Predicate {
  const match = /^\s*([^=!\s]+)\s*(==|=|!=)\s*(.*?)\s*$/.exec(text);
  if (match === null) throw badRequest(`invalid selector: '${text}'; can't understand '${text}'`);
  const [, field = "", operator, wanted = ""] = match;
  const allowed = [
    "metadata.name",
    "metadata.namespace",
    ...(resource.custom === undefined ? (SELECTABLE[resource.plural] ?? []) : []),
  ];
  if (!allowed.includes(field)) throw badRequest(notSelectable(resource, field));
  const isWanted = (object: JsonObject): boolean => readField(object, field) === wanted;
  return operator === "!=" ? (object) => !isWanted(object) : isWanted;
}

function notSelectable(resource: Resource, field: string): string {
  if (SELECTABLE[resource.plural] !== undefined && resource.custom === undefined)
    return `field label not supported: ${field}`;
  return `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

function readField(object: JsonObject, field: string): string {
  if (field === "source") return stringAt(object, "source", "component") ?? "";
  const value = valueAt(object, ...field.split("."));
  if (value === undefined && (field === "spec.unschedulable" || field === "spec.hostNetwork")) return "false";
  return value === undefined || value === null ? "" : show(value);
}
