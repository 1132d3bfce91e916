import type { Clock, KubeObject, ObjectRef } from "@flotilla/core";
import type { KeyPairPem } from "./auth/certificate-authority.ts";
import type { FakeRoles, FakeUser } from "./auth/user.ts";
import type { SeenRequest } from "./http/api-front.ts";
import type { ApiFaults } from "./http/fault.ts";
import type { JsonObject } from "./json/json.ts";

/** A node that exists in name only: it has room and runs nothing. */
export interface FakeNode {
  readonly name: string;
  /** Quantity, e.g. `4`. */
  readonly cpu: string;
  /** Quantity, e.g. `16Gi`. */
  readonly memory: string;
  /** Default `110`. */
  readonly pods?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly FakeTaint[];
  readonly providerID?: string;
  /** Where its pods' addresses come from. Default `10.244.N.0/24`, N counting the nodes. */
  readonly podCIDR?: string;
  /** Further resources, e.g. `nvidia.com/gpu`. */
  readonly extended?: Readonly<Record<string, string>>;
  /** What of its capacity pods may use; default all of it. */
  readonly allocatable?: Readonly<Record<string, string>>;
}

export interface FakeTaint {
  readonly key: string;
  readonly value?: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

export interface ApiServerOptions {
  /** Names the cluster in its kubeconfig and certificates. Default `embedded`. */
  readonly name?: string;
  readonly nodes?: readonly FakeNode[];
  /** Bearer tokens and who holds them, besides the administrator's. */
  readonly tokens?: Readonly<Record<string, FakeUser>>;
  /** Asked for tokens that are in no list. */
  readonly authenticate?: (token: string) => Promise<FakeUser | undefined>;
  /** What users and groups may do; `system:masters` may do everything, all others nothing that is not here. */
  readonly roles?: FakeRoles;
  /** Without TLS: for measurements. Tokens are needed all the same. */
  readonly plainHttp?: boolean;
  /** From the binding of a pod to its readiness. Default 0: at once, but as an event of its own. */
  readonly readyAfterMs?: number;
  /** From the start of a job's pod to its success. Default 0. The pod annotation `flotilla.dev/test-completes-after-ms` overrules. */
  readonly jobCompletesAfterMs?: number;
  /** From the deletion of a running pod to its end. Default 0. */
  readonly terminatesAfterMs?: number;
  /** Events kept per kind for watches that resume. Default 1000. */
  readonly historyMax?: number;
  /** Default `v1.36.3`. */
  readonly kubernetesVersion?: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /** uid of the `kube-system` namespace, which identifies a cluster. */
  readonly uid?: string;
  /** Makes uids and generated names the same in every run. */
  readonly seed?: number;
  /** Default the machine's time. */
  readonly clock?: Clock;
  /** Services get their addresses here; two numbers. Default `10.96`. */
  readonly servicePrefix?: string;
  /** No controllers, no scheduler, no nodes' agents: only the API. */
  readonly withoutControllers?: boolean;
}

/** What a kubeconfig is made for. */
export interface KubeconfigOptions {
  /** Context name. Default: the server's name. */
  readonly context?: string;
  /** Default `token`: the administrator's. `certificate`: a client certificate of `user`. */
  readonly auth?: "token" | "certificate";
  readonly token?: string;
  readonly user?: FakeUser;
  readonly namespace?: string;
}

/** A running server. Disposing it closes it. */
export interface ApiServer extends AsyncDisposable {
  readonly name: string;
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
  readonly caPem: string;
  /** Bearer token of a member of `system:masters`. */
  readonly adminToken: string;
  issueClientCertificate(user: FakeUser): Promise<KeyPairPem>;
  /** A kubeconfig document with one context. */
  kubeconfig(options?: KubeconfigOptions): JsonObject;
  readonly faults: ApiFaults;
  /** What was asked so far, oldest first; the last 10,000. */
  readonly requests: readonly SeenRequest[];
  clearRequests(): void;
  /** Reads the store without a request. */
  objects(): ObjectReader;
  /** Stops to read, like a stopped process: connections are taken and nothing is answered. */
  pause(): void;
  resume(): void;
  /** Breaks all connections and refuses new ones. The objects stay; `restart` brings the server back at its address. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Breaks all connections and goes on listening. */
  dropConnections(): void;
  /** Ends all watches in good order, as the server does from time to time. */
  endWatches(): void;
  /** Forgets old revisions: watches that resume and page tokens get 410. */
  compactHistory(): void;
  /** Marks a node ready or lost; pods on a lost one are no longer ready. */
  setNodeReady(name: string, isReady: boolean): void;
  /** Ends watches and connections, stops all timers. Idempotent. */
  close(): Promise<void>;
}

/** Direct read access, for assertions. */
export interface ObjectReader {
  /** The object, or `undefined`. */
  get(apiVersion: string, kind: string, namespace: string | undefined, name: string): KubeObject | undefined;
  list(apiVersion: string, kind: string, namespace?: string): readonly KubeObject[];
  read(ref: ObjectRef): KubeObject | undefined;
}
