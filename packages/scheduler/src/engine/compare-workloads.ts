import { compareIds } from "@flotilla/core";
import { refKey } from "../objects/object-ref.ts";
import type { Workload } from "../workload/workload.ts";

/**
 * In which order workloads take space, however they were written down: what runs on every node first, since it has no other
 * place, then the largest pod, which is the hardest to find room for, then by name.
 */
export function compareWorkloads(a: Workload, b: Workload): number {
  return (
    Number(b.division === "PerCluster") - Number(a.division === "PerCluster") ||
    b.pod.requests.cpuMilli - a.pod.requests.cpuMilli ||
    b.pod.requests.memoryBytes - a.pod.requests.memoryBytes ||
    compareIds(refKey(a.ref), refKey(b.ref))
  );
}
