import type { Offering } from "@flotilla/core";

const GPU = "cloud.google.com/gke-accelerator";
/** By what they are used as: raw blocks, ephemeral storage, and the older kinds. Source: GKE, local SSDs; labels that GKE owns. */
const LOCAL_SSD: readonly string[] = [
  "cloud.google.com/gke-local-ssd",
  "cloud.google.com/gke-local-scsi-ssd",
  "cloud.google.com/gke-local-nvme-ssd",
  "cloud.google.com/gke-ephemeral-storage-local-ssd",
];

/** What a node is paid for that its machine type does not tell; `undefined` where the machine is all. */
export function beyondMachine({ nodeLabels = {}, cluster }: Extract<Offering, { kind: "node" }>): string | undefined {
  if (cluster?.serverless === true) return "Autopilot bills what pods ask for and no nodes";
  const gpu = nodeLabels[GPU];
  if (gpu !== undefined) return `the price of the attached GPUs (${gpu}) is missing`;
  if (LOCAL_SSD.some((label) => nodeLabels[label] === "true")) return "the price of the local SSDs is missing";
  if (nodeLabels["kubernetes.io/os"] === "windows") return "the Windows licence, paid by the core, is missing";
  return undefined;
}
