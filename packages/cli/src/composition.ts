import {
  CloudError,
  isCloudError,
  parseClusterId,
  systemClock,
  systemRandom,
  type Clock,
  type CloudProvider,
  type Cluster,
  type Ctx,
  type KubeCluster,
  type Prices,
  type Random,
  type RecordStore,
} from "@flotilla/core";
import { connectKubeCluster } from "@flotilla/kube";
import { createScheduler, type OnProgress, type Scheduler } from "@flotilla/scheduler";
import { Container, type ServiceIdentifier } from "inversify";
import { loadProviders } from "./config/load-providers.ts";
import type { ReadConfig } from "./config/read-config.ts";

export interface CompositionInput {
  readonly config: ReadConfig;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absent: nothing is kept. */
  readonly stateFile: string | undefined;
  readonly onProgress: OnProgress;
}

export interface Composition extends AsyncDisposable {
  readonly scheduler: Scheduler;
}

type Connect = (cluster: Cluster, ctx: Ctx) => Promise<KubeCluster>;
type Providers = readonly CloudProvider[];

const CLOCK: ServiceIdentifier<Clock> = Symbol("Clock");
const RANDOM: ServiceIdentifier<Random> = Symbol("Random");
const CONFIG: ServiceIdentifier<ReadConfig> = Symbol("Config");
const PROVIDERS: ServiceIdentifier<Providers> = Symbol("Providers");
const STORE: ServiceIdentifier<RecordStore | null> = Symbol("RecordStore");
const CONNECT: ServiceIdentifier<Connect> = Symbol("Connect");
const SCHEDULER: ServiceIdentifier<Scheduler> = Symbol("Scheduler");

/** The command's composition root: the one place where parts meet. The container only holds; every part is a plain factory. */
export async function compose(input: CompositionInput): Promise<Composition> {
  const container = new Container({ defaultScope: "Singleton" });
  container.bind(CLOCK).toConstantValue(systemClock);
  container.bind(RANDOM).toConstantValue(systemRandom);
  container.bind(CONFIG).toConstantValue(input.config);
  container
    .bind(PROVIDERS)
    .toResolvedValue((config: ReadConfig) => loadProviders(config.providers, input.env), [CONFIG]);
  container
    .bind(STORE)
    .toResolvedValue((clock: Clock) => openStore(input.stateFile, clock), [CLOCK])
    .onDeactivation(async (store) => {
      await store?.[Symbol.asyncDispose]();
    });
  container.bind(CONNECT).toResolvedValue(createConnect, [PROVIDERS, CLOCK, RANDOM]);
  container.bind(SCHEDULER).toResolvedValue(
    (
      providers: Providers,
      connect: Connect,
      store: RecordStore | null,
      config: ReadConfig,
      clock: Clock,
      random: Random,
    ) =>
      createScheduler({
        fleet: config.fleet,
        providers,
        connect,
        clock,
        random,
        adjust: config.adjust,
        prices: config.priceLists satisfies readonly Prices[],
        namedClusters: config.namedClusters,
        configDigest: config.digest,
        onProgress: input.onProgress,
        ...(store === null ? {} : { store }),
      }),
    [PROVIDERS, CONNECT, STORE, CONFIG, CLOCK, RANDOM],
  );
  return {
    scheduler: await container.getAsync(SCHEDULER),
    [Symbol.asyncDispose]: () => container.unbindAllAsync(),
  };
}

async function openStore(file: string | undefined, clock: Clock): Promise<RecordStore | null> {
  if (file === undefined) return null;
  const { openSqliteStore } = await import("@flotilla/store");
  return openSqliteStore({ file, clock });
}

/** A cluster's API through whichever provider knows the cluster. */
function createConnect(providers: Providers, clock: Clock, random: Random): Connect {
  return async (cluster, ctx) => {
    const parts = parseClusterId(cluster.id);
    // Instances of one provider share its id; an instance's scope or name tells them apart where it can.
    const candidates = providers
      .filter(({ id }) => id === parts?.provider)
      .sort((a, b) => Number(b.name === parts?.scope) - Number(a.name === parts?.scope));
    let unknown: CloudError | undefined;
    for (const provider of candidates) {
      try {
        const access = await provider.credentials.connect({ id: cluster.id }, ctx);
        return connectKubeCluster({ id: cluster.id, access, clock, random });
      } catch (error) {
        if (!isCloudError(error, "notFound")) throw error;
        unknown ??= error;
      }
    }
    // The first one asked knows best: it may say that the cluster has no API server yet.
    throw unknown ?? new CloudError("notFound", `${cluster.id}: no provider of the configuration is for this cluster`);
  };
}
