import { numberAt, objectAt, objectsAt, stringAt, valueAt, type Json, type JsonObject } from "../json/json.ts";
import { age, type Column, column, nameCell } from "./columns.ts";

/** The columns of pods. */
export const podColumns: readonly Column[] = [
  column("Name", nameCell),
  column("Ready", (pod) => {
    const statuses = objectsAt(pod, "status", "containerStatuses");
    return `${statuses.filter((one) => one["ready"] === true).length}/${objectsAt(pod, "spec", "containers").length}`;
  }),
  column("Status", podStatus),
  column("Restarts", (pod) =>
    String(
      objectsAt(pod, "status", "containerStatuses").reduce((sum, one) => sum + (numberAt(one, "restartCount") ?? 0), 0),
    ),
  ),
  column("Age", age),
  column("IP*", (pod) => stringAt(pod, "status", "podIP") ?? "<none>"),
  column("Node*", (pod) => stringAt(pod, "spec", "nodeName") ?? "<none>"),
  column("Nominated Node*", (pod) => stringAt(pod, "status", "nominatedNodeName") ?? "<none>"),
  column("Readiness Gates*", () => "<none>"),
];

/** What people call the pod's state: the reason of a waiting or ended container before the phase. */
function podStatus(pod: JsonObject): Json {
  if (valueAt(pod, "metadata", "deletionTimestamp") !== undefined) return "Terminating";
  const reasons = objectsAt(pod, "status", "containerStatuses").flatMap((one) => {
    const waiting = stringAt(one, "state", "waiting", "reason");
    const ended = stringAt(one, "state", "terminated", "reason");
    return [waiting ?? ended ?? ""].filter((reason) => reason !== "");
  });
  const own = stringAt(objectAt(pod, "status"), "reason");
  return reasons[0] ?? own ?? stringAt(pod, "status", "phase") ?? "Unknown";
}
