import type { FakeNode, FakeUser, KeyPairPem } from "@flotilla/testing";
import type { Component } from "./component-arguments.ts";
import type { RawClient } from "./http/raw-client.ts";

/** One real Kubernetes control plane on 127.0.0.1 with fake nodes. */
export interface ControlPlane {
  readonly name: string;
  readonly url: string;
  readonly caPem: string;
  /** What its API server says it is, e.g. `v1.36.3`. */
  readonly kubernetesVersion: string;
  /** Plain HTTP: also serves etcd's JSON gateway. */
  readonly etcdUrl: string;
  readonly adminCertificate: KeyPairPem;
  /** Certificate, keys, logs and data of this cluster. */
  readonly folder: string;
  /** A client of its API server with the administrator's certificate. */
  readonly admin: RawClient;
  /** Signed by the cluster's own authority; opens this cluster and no other. */
  issueClientCertificate(user: FakeUser): KeyPairPem;
  /** SIGKILL, then wait until it is gone. */
  kill(component: Component): Promise<void>;
  /** SIGKILL where it still runs, then the same command line again. For the API server: waits until it is ready. */
  restart(component: Component): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers. */
  pause(component: Component): void;
  resume(component: Component): void;
  /**
   * Makes the server forget every revision up to now: compacts etcd and restarts the API server, whose watch cache would
   * still serve them. Takes about 3 s; connections break.
   */
  compact(): Promise<void>;
  /** Ends all its programs, the API server before etcd. */
  stop(): Promise<void>;
}

/** Several of them. Disposing it ends their programs and removes their folder. */
export interface ControlPlanes extends AsyncDisposable {
  /** Holds a folder per cluster. */
  readonly folder: string;
  /** In the order of the descriptions. */
  readonly clusters: readonly ControlPlane[];
  /** @throws Error when there is none of that name */
  cluster(name: string): ControlPlane;
}

/** What one of them is to be. */
export interface ControlPlaneSpec {
  /** Also the name of its folder. */
  readonly name: string;
  readonly nodes: readonly FakeNode[];
  /** Where Services get their addresses. Default `10.N.0.0/16`, N counting the clusters from 1. */
  readonly serviceCidr?: string;
  /** Users that the API server knows by a token of its own, beside those of its components. Default: none. */
  readonly users?: readonly TokenUser[];
  /** Asked for every token that the API server does not know itself. Default: nobody is asked. */
  readonly tokenWebhook?: TokenWebhookAccess;
}

export interface TokenUser {
  readonly token: string;
  readonly name: string;
  readonly groups?: readonly string[];
}

/** How an API server asks whose a token is: over https, with a certificate that says which cluster asks. */
export interface TokenWebhookAccess extends KeyPairPem {
  readonly url: string;
  readonly caPem: string;
}

export interface ControlPlanesOptions {
  readonly clusters: readonly ControlPlaneSpec[];
  /** How many start at the same time: starting takes two cores and more, running next to nothing. Default: all. */
  readonly concurrency?: number;
  /** Between a pod's binding and its readiness, unless the pod's annotation says otherwise. Default 0. */
  readonly podReadyAfterMs?: number;
  /** Ends everything after this, in case the process that started it hangs. Default: never. */
  readonly lifetimeMs?: number;
  /** Keeps logs and data after the end. Default: no. */
  readonly keepFolder?: boolean;
  /** Where programs are looked for. Default: this process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Stops the starting; what has been started is ended before the promise rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Told of every cluster that is usable. */
  readonly onStarted?: (name: string) => void;
}
