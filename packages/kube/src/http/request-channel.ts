import { CloudError } from "@flotilla/core";
import { channel } from "node:diagnostics_channel";
import type { KubeRequest, KubeResponse } from "./kube-request.ts";

/** Name of the `node:diagnostics_channel` that tells every attempt of a request as a `KubeRequestEvent`. */
export const KUBE_REQUEST_CHANNEL = "flotilla:kube.request";

/** No headers, bodies or queries: what is told here may be logged. */
export interface KubeRequestEvent {
  readonly clusterId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | undefined;
  readonly errorKind: string | undefined;
  readonly durationMs: number;
}

const requests = channel(KUBE_REQUEST_CHANNEL);

/** Costs one property read when nobody listens. */
export function publishRequest(
  clusterId: string,
  request: KubeRequest,
  outcome: KubeResponse | CloudError,
  durationMs: number,
): void {
  if (!requests.hasSubscribers) return;
  const failed = outcome instanceof CloudError;
  const event: KubeRequestEvent = {
    clusterId,
    method: request.method,
    path: request.path.split("?", 1)[0] ?? request.path,
    status: outcome.status,
    errorKind: failed ? outcome.kind : undefined,
    durationMs,
  };
  requests.publish(event);
}
