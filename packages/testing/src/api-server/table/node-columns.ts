import { objectAt, objectsAt, stringAt, stringsAt, valueAt, type Json, type JsonObject } from "../json/json.ts";
import { age, type Column, column, nameCell } from "./columns.ts";

const ROLE_PREFIX = "node-role.kubernetes.io/";

/** The columns of nodes. */
export const nodeColumns: readonly Column[] = [
  column("Name", nameCell),
  column("Status", (node) => {
    const ready = objectsAt(node, "status", "conditions").find((one) => one["type"] === "Ready");
    const state = ready === undefined ? "Unknown" : ready["status"] === "True" ? "Ready" : "NotReady";
    return valueAt(node, "spec", "unschedulable") === true ? `${state},SchedulingDisabled` : state;
  }),
  column("Roles", (node) => {
    const labels = Object.keys(stringsAt(node, "metadata", "labels"));
    return (
      labels
        .filter((key) => key.startsWith(ROLE_PREFIX))
        .map((key) => key.slice(ROLE_PREFIX.length))
        .join(",") || "<none>"
    );
  }),
  column("Age", age),
  column("Version", info("kubeletVersion", "")),
  column("Internal-IP*", address("InternalIP")),
  column("External-IP*", address("ExternalIP")),
  column("OS-Image*", info("osImage", "<unknown>")),
  column("Kernel-Version*", info("kernelVersion", "<unknown>")),
  column("Container-Runtime*", info("containerRuntimeVersion", "<unknown>")),
];

function info(name: string, none: string): Column["cell"] {
  return (node) => stringAt(objectAt(node, "status", "nodeInfo"), name) || none;
}

function address(type: string): Column["cell"] {
  return (node: JsonObject): Json =>
    stringAt(
      objectsAt(node, "status", "addresses").find((one) => one["type"] === type),
      "address",
    ) ?? "<none>";
}
