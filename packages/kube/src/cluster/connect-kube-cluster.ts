import { systemClock, systemRandom, type Clock, type KubeAccess, type KubeCluster, type Random } from "@flotilla/core";
import { KubeHttp, type HttpLimits } from "../http/kube-http.ts";
import { KubeClusterClient } from "./kube-cluster-client.ts";

export interface ConnectInput {
  /** The member's id: it stands at the head of every message. */
  readonly id: string;
  readonly access: KubeAccess;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly options?: HttpLimits;
}

/**
 * A `KubeCluster` over pooled keep-alive connections. Nothing is loaded or contacted before the first call; dispose it to
 * close its connections.
 *
 * @throws CloudError `invalid` for an address that credentials must not be sent to.
 */
export function connectKubeCluster(input: ConnectInput): KubeCluster {
  const clock = input.clock ?? systemClock;
  const random = input.random ?? systemRandom;
  const http = new KubeHttp({ id: input.id, access: input.access, clock, random, limits: input.options ?? {} });
  return new KubeClusterClient(http, { clock, random });
}
