import type { RawClient } from "../http/raw-client.ts";
import type { Component } from "./component-arguments.ts";
import type { Place } from "./fake/place.ts";

/** One real Kubernetes control plane on 127.0.0.1 with fake nodes. */
export interface ControlPlane {
  /** Also its context in the kubeconfig. */
  readonly name: string;
  readonly place: Place;
  readonly url: string;
  readonly caPem: string;
  /** Plain HTTP: also serves etcd's JSON gateway. */
  readonly etcdUrl: string;
  readonly adminCertificate: { readonly certPem: string; readonly keyPem: string };
  /** Certificate, keys, logs and data of this cluster. */
  readonly folder: string;
  /** A client of its API server with the administrator's certificate. */
  readonly admin: RawClient;
  /** Bearer tokens of the users every cluster knows. */
  readonly tokens: Readonly<Record<TokenUser, string>>;
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

/**
 * `admin`: group system:masters. `viewer`: authenticated and without any right. `tenant`: without any right until a suite
 * binds a role to the user `tenant`, for rights in one namespace.
 */
export type TokenUser = "admin" | "viewer" | "tenant";

export interface ControlPlanes extends AsyncDisposable {
  /** One context per cluster, with the administrator's certificates. */
  readonly kubeconfigPath: string;
  readonly clusters: readonly ControlPlane[];
  /** @throws Error when there is none of that name */
  cluster(name: string): ControlPlane;
  /** Writes a kubeconfig with the same contexts and another user's tokens; returns its path. */
  writeKubeconfig(user: TokenUser, contexts?: readonly string[]): Promise<string>;
}

export interface ControlPlanesOptions {
  readonly count: number;
  /** Fake nodes per cluster. */
  readonly nodes: number;
  /** More flags for every API server; a cluster's own folder is its working directory. */
  readonly apiServerFlags?: readonly string[];
  /** Files put into every cluster's folder before the API server starts, e.g. a token webhook's configuration. */
  readonly files?: Readonly<Record<string, string>>;
  /** Keeps logs and data after the end. Default: the environment's FLOTILLA_E2E_KEEP is set. */
  readonly keepFolder?: boolean;
}
