import { channel } from "node:diagnostics_channel";

/** Name of the `node:diagnostics_channel` that tells when a watch lists, ends, breaks or fails, as a `KubeWatchEvent`. */
export const KUBE_WATCH_CHANNEL = "flotilla:kube.watch";

export interface KubeWatchEvent {
  readonly clusterId: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly what: "listed" | "ended" | "lost" | "silent" | "refused" | "expired" | "broken" | "failed";
  /** Objects known at this moment. */
  readonly objects: number;
  readonly message?: string;
}

const watches = channel(KUBE_WATCH_CHANNEL);

export function publishWatch(event: KubeWatchEvent): void {
  if (watches.hasSubscribers) watches.publish(event);
}
