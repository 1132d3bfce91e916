import { isList, isObject, without, type Json, type JsonObject } from "../json/json.ts";

/** What differs from run to run, or is written by controllers at their own time. */
const VOLATILE = [
  "uid",
  "resourceVersion",
  "creationTimestamp",
  "time",
  "deletionTimestamp",
  "status",
  "continue",
  "description",
  "lastTransitionTime",
];
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const CLUSTER_ADDRESS = /\b10\.\d+\.\d+\.\d+\b/g;
const AGE = /^\d+[smhd](\d+[smhd])?$/;
const REVISION = /\((\d+)\)/g;

/** An answer without what differs from run to run, for comparison with another server's. A `Status` keeps its `status`. */
export function normalize(answer: Json): Json {
  if (typeof answer === "string" && AGE.test(answer)) return "AGE";
  if (typeof answer === "string")
    return answer.replaceAll(UUID, "UUID").replaceAll(CLUSTER_ADDRESS, "ADDRESS").replaceAll(REVISION, "(REVISION)");
  if (isList(answer))
    return answer
      .filter((item) => !isControllersEntry(item))
      .map(normalize)
      .sort(byManager);
  if (!isObject(answer)) return answer;
  const kept: JsonObject = without(
    answer,
    ...VOLATILE.filter((name) => name !== "status" || answer["kind"] !== "Status"),
  );
  const fields = Object.entries(kept).filter(
    ([name, value]) => value !== undefined && !(name === "annotations" && onlyControllers(value)),
  );
  return Object.fromEntries(fields.map(([name, value]) => [name, normalize(value ?? null)]));
}

function isControllersEntry(item: Json): boolean {
  return isObject(item) && item["manager"] === "kube-controller-manager" && item["operation"] === "Update";
}

function onlyControllers(annotations: Json): boolean {
  return (
    isObject(annotations) && Object.keys(annotations).every((name) => name.startsWith("deployment.kubernetes.io/"))
  );
}

/** Field managers by name: their order is one of times. Everything else stays where it is. */
function byManager(a: Json, b: Json): number {
  const [left, right] = [a, b].map((entry) =>
    isObject(entry) && typeof entry["manager"] === "string"
      ? JSON.stringify([entry["manager"], entry["operation"], entry["subresource"] ?? ""])
      : "",
  );
  return left === right ? 0 : (left ?? "") < (right ?? "") ? -1 : 1;
}
