import type { Offering } from "@flotilla/core";

/** A machine as the price list and the spot history name it. */
export interface Machine {
  readonly instanceType: string;
  readonly os: "Linux" | "Windows";
}

/** By the label `eks.amazonaws.com/compute-type`, which EKS sets. */
const BILLED_OTHERWISE: ReadonlyMap<string, string> = new Map([
  ["auto", "EKS Auto Mode bills a fee on top of the machine, which is not read here; a price file can tell"],
  ["fargate", "Fargate bills the vCPU and memory of the pod and not a machine; a price file can tell"],
]);

/** The machine that a node is billed as, or why the price of a machine is not what it costs. */
export function machineOf({ instanceType, nodeLabels = {} }: Extract<Offering, { kind: "node" }>): Machine | string {
  const reason = BILLED_OTHERWISE.get(nodeLabels["eks.amazonaws.com/compute-type"] ?? "");
  if (reason !== undefined) return reason;
  if (instanceType === null) return "the machine type is unknown";
  return { instanceType, os: nodeLabels["kubernetes.io/os"] === "windows" ? "Windows" : "Linux" };
}
