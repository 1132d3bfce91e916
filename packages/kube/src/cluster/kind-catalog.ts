import { isCloudError, type Ctx, type KindInfo } from "@flotilla/core";
import type { KubeHttp } from "../http/kube-http.ts";
import { AGGREGATED_DISCOVERY, readAggregated, readGroupNames, readResources } from "./discovery-documents.ts";
import { groupVersionPath } from "./resource-path.ts";

type KindsByName = ReadonlyMap<string, KindInfo>;

/** Group versions asked for at once on a server without aggregated discovery. */
const GROUPS_AT_ONCE = 8;

/**
 * What kinds a server has, remembered for the life of the connection. One group version is one small request; what is not
 * found is asked for again, since a CustomResourceDefinition may have come meanwhile.
 */
export class KindCatalog {
  readonly #http: KubeHttp;
  readonly #known = new Map<string, KindsByName>();
  readonly #asking = new Map<string, Promise<KindsByName | undefined>>();
  #all: readonly KindInfo[] | undefined;

  constructor(http: KubeHttp) {
    this.#http = http;
  }

  /** Synchronous when known, so that the apply path does not wait for nothing. */
  known(apiVersion: string, kind: string): KindInfo | undefined {
    return this.#known.get(apiVersion)?.get(kind);
  }

  async find(apiVersion: string, kind: string, ctx: Ctx): Promise<KindInfo | undefined> {
    return this.known(apiVersion, kind) ?? (await this.#ask(apiVersion, ctx))?.get(kind);
  }

  async all(ctx: Ctx): Promise<readonly KindInfo[]> {
    this.#all ??= await this.#askAll(ctx);
    return this.#all;
  }

  /** One request at a time per group version; whoever joins one that its starter cancels asks for himself. */
  async #ask(apiVersion: string, ctx: Ctx): Promise<KindsByName | undefined> {
    const running = this.#asking.get(apiVersion);
    if (running !== undefined) {
      const joined = await running.catch(() => undefined);
      if (joined !== undefined) return joined;
    }
    const asking = this.#fetch(apiVersion, ctx);
    this.#asking.set(apiVersion, asking);
    try {
      return await asking;
    } finally {
      if (this.#asking.get(apiVersion) === asking) this.#asking.delete(apiVersion);
    }
  }

  async #fetch(apiVersion: string, ctx: Ctx): Promise<KindsByName | undefined> {
    const what = `read which kinds ${apiVersion} has`;
    try {
      const body = await this.#get(groupVersionPath(apiVersion), what, ctx);
      const kinds = byName(readResources(apiVersion, body));
      this.#known.set(apiVersion, kinds);
      return kinds;
    } catch (error) {
      if (isCloudError(error, "notFound")) return undefined;
      throw error;
    }
  }

  async #askAll(ctx: Ctx): Promise<readonly KindInfo[]> {
    const [core, named] = await Promise.all([this.#askRoot("/api", ctx), this.#askRoot("/apis", ctx)]);
    const kinds = [...core, ...named];
    for (const [apiVersion, group] of Map.groupBy(kinds, (kind) => kind.apiVersion)) {
      this.#known.set(apiVersion, byName(group));
    }
    return kinds;
  }

  async #askRoot(path: "/api" | "/apis", ctx: Ctx): Promise<readonly KindInfo[]> {
    const body = await this.#get(path, "read which kinds there are", ctx, AGGREGATED_DISCOVERY);
    return readAggregated(body) ?? (await this.#askEach(readGroupNames(body), ctx));
  }

  /** An aggregated API that is down hides its own kinds only, as in kubectl. */
  async #askEach(apiVersions: readonly string[], ctx: Ctx): Promise<readonly KindInfo[]> {
    const kinds: KindInfo[] = [];
    for (let start = 0; start < apiVersions.length; start += GROUPS_AT_ONCE) {
      const some = apiVersions.slice(start, start + GROUPS_AT_ONCE);
      const found = await Promise.all(some.map((apiVersion) => this.#fetch(apiVersion, ctx).catch(unlessOurs)));
      kinds.push(...found.flatMap((group) => [...(group?.values() ?? [])]));
    }
    return kinds;
  }

  async #get(path: string, what: string, ctx: Ctx, accept?: string): Promise<unknown> {
    const request = { method: "GET", path, repeatable: true, describe: () => what } as const;
    return this.#http.send(accept === undefined ? request : { ...request, accept }, ctx);
  }
}

function byName(kinds: readonly KindInfo[]): KindsByName {
  return new Map(kinds.map((kind) => [kind.kind, kind]));
}

function unlessOurs(error: unknown): undefined {
  if (isCloudError(error, "transient")) return undefined;
  throw error;
}
