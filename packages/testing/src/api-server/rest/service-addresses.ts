import { numberAt, objectsAt, stringAt, valueAt, withAt, withDefault, type JsonObject } from "../json/json.ts";

const NODE_PORT_FIRST = 30_000;
const NODE_PORT_LAST = 32_767;
/** Host addresses of a /16 that are given out. */
const ADDRESSES_MAX = 65_000;

/** Gives services their cluster addresses and node ports, one after the other, and takes them back. */
export class ServiceAddresses {
  readonly #prefix: string;
  readonly #hosts = new Set<string>();
  readonly #ports = new Set<number>();

  /** `prefix`: the first two numbers of the service network, e.g. `10.96`. */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The node port two services want; `undefined` when there is none. */
  takenPort(
    service: JsonObject,
    old: JsonObject | undefined,
  ): { readonly index: number; readonly port: number } | undefined {
    const own = new Set(objectsAt(old, "spec", "ports").map((port) => numberAt(port, "nodePort")));
    for (const [index, wanted] of objectsAt(service, "spec", "ports").entries()) {
      const port = numberAt(wanted, "nodePort");
      if (port !== undefined && this.#ports.has(port) && !own.has(port)) return { index, port };
    }
    return undefined;
  }

  /** The service with what it still lacks. A dry run gets addresses too; nothing is reserved for it. */
  assign(service: JsonObject, old: JsonObject | undefined, dryRun: boolean): JsonObject {
    const type = stringAt(service, "spec", "type");
    if (type === "ExternalName") return service;
    let out = keepAssigned(service, old);
    const address = stringAt(out, "spec", "clusterIP") ?? this.#freeAddress();
    if (address !== "None" && !dryRun) this.#hosts.add(address);
    out = withDefault(withAt(out, ["spec", "clusterIP"], address), ["spec", "clusterIPs"], [address]);
    out = withDefault(withDefault(out, ["spec", "ipFamilies"], ["IPv4"]), ["spec", "ipFamilyPolicy"], "SingleStack");
    return type === "NodePort" || type === "LoadBalancer" ? this.#assignPorts(out, dryRun) : out;
  }

  /** Takes back what a deleted service had. */
  release(service: JsonObject): void {
    this.#hosts.delete(stringAt(service, "spec", "clusterIP") ?? "");
    for (const port of objectsAt(service, "spec", "ports")) this.#ports.delete(numberAt(port, "nodePort") ?? 0);
  }

  #assignPorts(service: JsonObject, dryRun: boolean): JsonObject {
    const ports = objectsAt(service, "spec", "ports").map((port) => {
      const nodePort = numberAt(port, "nodePort") ?? this.#freePort();
      if (!dryRun) this.#ports.add(nodePort);
      return { ...port, nodePort };
    });
    return withAt(service, ["spec", "ports"], ports);
  }

  #freeAddress(): string {
    for (let host = 2; host < ADDRESSES_MAX; host += 1) {
      const address = `${this.#prefix}.${host >> 8}.${host & 0xff}`;
      if (!this.#hosts.has(address)) return address;
    }
    throw new Error(`all addresses of ${this.#prefix}.0.0/16 are given out`);
  }

  #freePort(): number {
    for (let port = NODE_PORT_FIRST; port <= NODE_PORT_LAST; port += 1) if (!this.#ports.has(port)) return port;
    throw new Error("all node ports are given out");
  }
}

/** An update that leaves out what the server assigned keeps it. */
function keepAssigned(service: JsonObject, old: JsonObject | undefined): JsonObject {
  if (old === undefined || stringAt(old, "spec", "type") === "ExternalName") return service;
  let out = service;
  for (const name of ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"]) {
    const before = valueAt(old, "spec", name);
    if (before !== undefined) out = withDefault(out, ["spec", name], before);
  }
  const oldPorts = objectsAt(old, "spec", "ports");
  const ports = objectsAt(out, "spec", "ports").map((port) => {
    const same = oldPorts.find((one) => one["port"] === port["port"] && one["protocol"] === port["protocol"]);
    const nodePort = numberAt(same, "nodePort");
    const wantsPort = stringAt(out, "spec", "type") !== "ClusterIP";
    return nodePort === undefined || !wantsPort ? port : withDefault(port, ["nodePort"], nodePort);
  });
  return ports.length === 0 ? out : withAt(out, ["spec", "ports"], ports);
}
