import { CloudError, formatClusterId, parseClusterId, systemClock, systemRandom } from "@flotilla/core";
import type {
  Clock,
  CloudProvider,
  ClusterRef,
  Ctx,
  DiscoverInput,
  DiscoveryEvent,
  KubeAccess,
  Random,
} from "@flotilla/core";
import { ExecCache } from "../exec/exec-cache.ts";
import { EXEC_NONE, type ExecPolicy } from "../exec/exec-policy.ts";
import type { Kubeconfig } from "../kubeconfig/kubeconfig.ts";
import { contextNames } from "../kubeconfig/list-contexts.ts";
import { loadKubeconfig, type KubeconfigOrigin, type LoadedKubeconfig } from "../kubeconfig/load-kubeconfig.ts";
import { resolveContext, type ResolvedContext } from "../kubeconfig/resolve-context.ts";
import { asCompleted } from "./as-completed.ts";
import { describeContext } from "./describe-context.ts";

export interface KubeconfigProviderOptions {
  /** The instance's name in the configuration: the scope of its clusters. */
  readonly name: string;
  readonly origin: KubeconfigOrigin;
  /** Only these contexts. Absent or empty: every one. */
  readonly contexts?: readonly string[];
  /** Which credential plugins may be run. Default: none. */
  readonly execPolicy?: ExecPolicy;
  /** Longest that one context may take to be described, its plugin included. Default 20 s. */
  readonly contextTimeoutMs?: number;
  /** Contexts described at a time. Default 16. */
  readonly concurrency?: number;
}

export interface KubeconfigProviderDeps {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  readonly random?: Random;
}

const PROVIDER_ID = "kubeconfig";
const CONTEXT_TIMEOUT_MS = 20_000;
const CONCURRENCY = 16;

/**
 * The contexts of a kubeconfig as clusters. Provider, region, zones and pools come from the nodes; a context that cannot be
 * used stays in the list with its problem. Nothing is read before the first call.
 */
export function createKubeconfigProvider(
  options: KubeconfigProviderOptions,
  deps: KubeconfigProviderDeps = {},
): CloudProvider {
  const contexts = new Contexts(options, deps);
  return {
    id: PROVIDER_ID,
    name: options.name,
    discovery: { discover: (input, ctx) => contexts.discover(input, ctx) },
    credentials: { connect: (ref, ctx) => contexts.connect(ref, ctx) },
  };
}

/** What the provider keeps between calls. */
class Contexts {
  readonly #options: KubeconfigProviderOptions;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #execCache: ExecCache;
  #loaded: LoadedKubeconfig | undefined;

  constructor(options: KubeconfigProviderOptions, deps: KubeconfigProviderDeps) {
    this.#options = options;
    this.#clock = deps.clock ?? systemClock;
    this.#random = deps.random ?? systemRandom;
    this.#env = deps.env ?? {};
    this.#execCache = new ExecCache(this.#clock);
  }

  async *discover(input: DiscoverInput, ctx: Ctx): AsyncGenerator<DiscoveryEvent, void, undefined> {
    const { name: scope, concurrency = CONCURRENCY } = this.#options;
    if (input.scopes !== undefined && !input.scopes.includes(scope)) return;
    ctx.signal.throwIfAborted();
    const { kubeconfig, problems } = await this.#load();
    for (const error of problems) yield { type: "gap", scope, error };
    const { there, missing } = this.#chosen(kubeconfig);
    for (const name of missing) yield { type: "gap", scope, error: await this.#missing(kubeconfig, name, ctx) };
    using stop = new Stop(ctx);
    const describe = (context: string) => this.#describe(kubeconfig, context, stop.ctx);
    for await (const cluster of asCompleted(there, concurrency, describe)) yield { type: "cluster", cluster };
    yield { type: "scopeDone", scope };
  }

  async connect(ref: ClusterRef, ctx: Ctx): Promise<KubeAccess> {
    const parts = parseClusterId(ref.id);
    if (parts?.provider !== PROVIDER_ID || parts.scope !== this.#options.name) {
      throw new CloudError(
        "notFound",
        `${ref.id} is no cluster of the kubeconfig provider ${JSON.stringify(this.#options.name)}`,
      );
    }
    ctx.signal.throwIfAborted();
    // A context that came after the last look is worth another one.
    const loaded = this.#loaded?.kubeconfig.contexts.has(parts.name) === true ? this.#loaded : await this.#load();
    const { access } = await this.#resolve(loaded.kubeconfig, parts.name, ctx);
    return access;
  }

  async #load(): Promise<LoadedKubeconfig> {
    this.#loaded = await loadKubeconfig(this.#options.origin);
    return this.#loaded;
  }

  #chosen(kubeconfig: Kubeconfig): { readonly there: readonly string[]; readonly missing: readonly string[] } {
    const names = this.#options.contexts ?? [];
    const all = contextNames(kubeconfig);
    if (names.length === 0) return { there: all, missing: [] };
    return { there: all.filter((name) => names.includes(name)), missing: names.filter((name) => !all.includes(name)) };
  }

  #resolve(kubeconfig: Kubeconfig, context: string, ctx: Ctx): Promise<ResolvedContext> {
    const policy = this.#options.execPolicy ?? EXEC_NONE;
    return resolveContext(
      kubeconfig,
      context,
      { env: this.#env, clock: this.#clock, execCache: this.#execCache, policy },
      ctx,
    );
  }

  /** A context that was asked for and is not there: its error says what there is. */
  async #missing(kubeconfig: Kubeconfig, name: string, ctx: Ctx): Promise<CloudError> {
    try {
      await this.#resolve(kubeconfig, name, ctx);
    } catch (error) {
      if (error instanceof CloudError) return error;
      throw error;
    }
    return new CloudError("notFound", `there is no context ${JSON.stringify(name)} in the kubeconfig`);
  }

  #describe(kubeconfig: Kubeconfig, context: string, ctx: Ctx): ReturnType<typeof describeContext> {
    const { name: scope, contextTimeoutMs: timeoutMs = CONTEXT_TIMEOUT_MS } = this.#options;
    const id = formatClusterId({ provider: PROVIDER_ID, scope, group: "-", name: context });
    const resolve = (inner: Ctx): Promise<ResolvedContext> => this.#resolve(kubeconfig, context, inner);
    return describeContext({ id, scope, context, resolve, clock: this.#clock, random: this.#random, timeoutMs }, ctx);
  }
}

/** Ends what still runs when the reader of a stream leaves it. */
class Stop implements Disposable {
  readonly #controller = new AbortController();
  readonly ctx: Ctx;

  constructor(outer: Ctx) {
    this.ctx = { ...outer, signal: AbortSignal.any([outer.signal, this.#controller.signal]) };
  }

  [Symbol.dispose](): void {
    this.#controller.abort();
  }
}
