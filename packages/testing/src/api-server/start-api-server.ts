import { randomBytes } from "node:crypto";
import { createSeededRandom, type KubeObject, systemClock, systemRandom } from "@flotilla/core";
import type { ApiServer, ApiServerOptions, KubeconfigOptions, ObjectReader } from "./api-server.ts";
import { type CertificateAuthority, createCertificateAuthority } from "./auth/certificate-authority.ts";
import type { FakeUser } from "./auth/user.ts";
import { type Controllers, startControllers } from "./controllers/start-controllers.ts";
import { seedCluster } from "./controllers/seed-cluster.ts";
import { setNodeReady } from "./controllers/fake-nodes.ts";
import { ApiFront, type SeenRequest } from "./http/api-front.ts";
import { Connections } from "./http/connections.ts";
import { type ApiFaultPlan, createApiFaultPlan } from "./http/fault.ts";
import type { JsonObject } from "./json/json.ts";
import { Registry } from "./resources/registry.ts";
import { handleRequest, type ServerIdentity } from "./rest/handle-request.ts";
import { createIdSource } from "./rest/id-source.ts";
import { listStored, readStored, type ServerState } from "./rest/server-state.ts";
import { ServiceAddresses } from "./rest/service-addresses.ts";
import { ObjectStore } from "./store/object-store.ts";

const HISTORY_MAX = 1000;
const REQUESTS_MAX = 10_000;
const KUBERNETES_VERSION = "v1.36.3";
const HOSTS = ["127.0.0.1", "localhost", "kubernetes", "kubernetes.default.svc"];
const ADMIN: FakeUser = { name: "admin", groups: ["system:masters"] };

/**
 * Starts a Kubernetes API server in this process, on loopback: the API with its store, and the controllers, scheduler and
 * node agents that make its objects live. See README.md beside this file for what it has and what not.
 */
export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const server = new EmbeddedServer(options);
  await server.start(options.port ?? 0);
  return server;
}

function createState(options: ApiServerOptions): ServerState {
  return {
    store: new ObjectStore({ historyMax: options.historyMax ?? HISTORY_MAX }),
    registry: new Registry(),
    clock: options.clock ?? systemClock,
    ids: createIdSource(options.seed === undefined ? systemRandom : createSeededRandom(options.seed)),
    addresses: new ServiceAddresses(options.servicePrefix ?? "10.96"),
  };
}

class EmbeddedServer implements ApiServer {
  readonly name: string;
  readonly adminToken: string;
  readonly faults: ApiFaultPlan = createApiFaultPlan();
  readonly #options: ApiServerOptions;
  readonly #state: ServerState;
  readonly #authority: CertificateAuthority;
  readonly #requests: SeenRequest[] = [];
  readonly #controllers: Controllers;
  #front: ApiFront;
  #connections: Connections | undefined;
  #port = 0;

  constructor(options: ApiServerOptions) {
    this.#options = options;
    this.name = options.name ?? "embedded";
    this.#state = createState(options);
    this.#authority = createCertificateAuthority(this.name);
    this.adminToken = randomBytes(24).toString("base64url");
    this.#front = this.#createFront();
    this.#controllers = startControllers(this.#state, options, this.#authority.caPem);
    this.#state.store.subscribe("/services", (event) => {
      if (event.type === "DELETED") this.#state.addresses.release(event.object);
    });
    seedCluster(this.#state, options);
  }

  get caPem(): string {
    return this.#authority.caPem;
  }

  get url(): string {
    return `${this.#options.plainHttp === true ? "http" : "https"}://127.0.0.1:${this.#port}`;
  }

  get requests(): readonly SeenRequest[] {
    return this.#requests;
  }

  async start(port: number): Promise<void> {
    const tls =
      this.#options.plainHttp === true ? undefined : { ...this.#authority.serverCertificate(HOSTS), caPem: this.caPem };
    const connections = new Connections(tls, (message, response) => void this.#front.serve(message, response));
    this.#port = await connections.listen(port);
    this.#connections = connections;
  }

  clearRequests(): void {
    this.#requests.length = 0;
  }

  issueClientCertificate(user: FakeUser): Promise<{ readonly certPem: string; readonly keyPem: string }> {
    return Promise.resolve(this.#authority.clientCertificate(user));
  }

  kubeconfig(options: KubeconfigOptions = {}): JsonObject {
    const name = options.context ?? this.name;
    const base64 = (text: string): string => Buffer.from(text).toString("base64");
    const authority = this.#options.plainHttp === true ? {} : { "certificate-authority-data": base64(this.caPem) };
    return {
      apiVersion: "v1",
      kind: "Config",
      "current-context": name,
      clusters: [{ name, cluster: { server: this.url, ...authority } }],
      users: [{ name, user: this.#credential(options, base64) }],
      contexts: [
        {
          name,
          context: {
            cluster: name,
            user: name,
            ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
          },
        },
      ],
    };
  }

  #credential(options: KubeconfigOptions, base64: (text: string) => string): JsonObject {
    if (options.auth !== "certificate") return { token: options.token ?? this.adminToken };
    const { certPem, keyPem } = this.#authority.clientCertificate(options.user ?? ADMIN);
    return { "client-certificate-data": base64(certPem), "client-key-data": base64(keyPem) };
  }

  objects(): ObjectReader {
    const state = this.#state;
    // Everything in the store passed the server's own decoding: it has version, kind and name.
    const asKube = (object: JsonObject | undefined): KubeObject | undefined => object as KubeObject | undefined;
    const get: ObjectReader["get"] = (apiVersion, kind, namespace, name) => {
      const resource = state.registry.byKind(apiVersion, kind);
      return resource === undefined ? undefined : asKube(readStored(state, resource, namespace ?? "", name));
    };
    return {
      get,
      read: (ref) => get(ref.apiVersion, ref.kind, ref.namespace, ref.name),
      list(apiVersion, kind, namespace) {
        const resource = state.registry.byKind(apiVersion, kind);
        return resource === undefined
          ? []
          : (listStored(state, resource, namespace) as unknown as readonly KubeObject[]);
      },
    };
  }

  pause(): void {
    this.#front.pause();
    this.#connections?.pause();
  }

  resume(): void {
    this.#front.resume();
    this.#connections?.resume();
  }

  async kill(): Promise<void> {
    const connections = this.#connections;
    this.#connections = undefined;
    await connections?.close();
    this.#front.stop();
  }

  async restart(): Promise<void> {
    await this.kill();
    this.#front = this.#createFront();
    await this.start(this.#port);
  }

  dropConnections(): void {
    this.#connections?.dropAll();
  }

  endWatches(): void {
    this.#front.endStreams();
  }

  compactHistory(): void {
    this.#state.store.compact();
  }

  setNodeReady(name: string, isReady: boolean): void {
    setNodeReady(this.#state, name, isReady);
  }

  async close(): Promise<void> {
    this.#controllers[Symbol.dispose]();
    await this.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #createFront(): ApiFront {
    const authenticateToken = (token: string): Promise<FakeUser | undefined> => this.#userOf(token);
    const identity: ServerIdentity = {
      kubernetesVersion: this.#options.kubernetesVersion ?? KUBERNETES_VERSION,
      address: () => `127.0.0.1:${this.#port}`,
      roles: this.#options.roles ?? {},
      authenticate: authenticateToken,
    };
    return new ApiFront({
      faults: this.faults,
      clock: this.#state.clock,
      authenticateToken,
      handle: (request) => handleRequest(this.#state, identity, request),
      seen: (request) => {
        if (this.#requests.length >= REQUESTS_MAX) this.#requests.splice(0, REQUESTS_MAX / 10);
        this.#requests.push(request);
      },
    });
  }

  async #userOf(token: string): Promise<FakeUser | undefined> {
    if (token === this.adminToken) return ADMIN;
    const listed = this.#options.tokens ?? {};
    return Object.hasOwn(listed, token) ? listed[token] : this.#options.authenticate?.(token);
  }
}
