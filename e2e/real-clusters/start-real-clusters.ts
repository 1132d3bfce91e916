import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import {
  type ControlPlane,
  kubeconfigFile,
  type KubeconfigUser,
  startControlPlanes,
  type TokenUser,
} from "@flotilla/sandbox/control-planes";
import { placeNodes } from "./place-nodes.ts";
import { type Place, placeOf } from "./place.ts";

/** A real control plane that pretends to be somewhere, and the tokens of the suites' users. */
export interface RealCluster extends ControlPlane {
  readonly place: Place;
  readonly tokens: Readonly<Record<TestUser, string>>;
}

/**
 * `admin`: group system:masters. `viewer`: authenticated and without any right. `tenant`: without any right until a suite
 * binds a role to the user `tenant`, for rights in one namespace.
 */
export type TestUser = "admin" | "viewer" | "tenant";

export interface RealClusters extends AsyncDisposable {
  /** One context per cluster, with the administrator's certificates. */
  readonly kubeconfigPath: string;
  readonly clusters: readonly RealCluster[];
  /** @throws Error when there is none of that name */
  cluster(name: string): RealCluster;
  /** Writes a kubeconfig with the same contexts and another user's tokens; returns its path. */
  writeKubeconfig(user: TestUser, contexts?: readonly string[]): Promise<string>;
}

export interface RealClustersOptions {
  readonly count: number;
  /** Fake nodes per cluster. */
  readonly nodes: number;
}

/** No run takes longer: past this its launcher hangs. */
const LIFETIME_MS = 90 * 60_000;

/** Boots `count` control planes, each at a place of its own, as a kubeconfig's fleet. `FLOTILLA_E2E_KEEP` keeps logs and data. */
export async function startRealClusters({ count, nodes }: RealClustersOptions): Promise<RealClusters> {
  const wanted = Array.from({ length: count }, (_, index) => {
    const place = placeOf(index);
    return { place, tokens: newTokens(), nodes: placeNodes(place, index, nodes) };
  });
  const planes = await startControlPlanes({
    clusters: wanted.map(({ place: { name }, tokens, nodes }) => ({ name, nodes, users: usersOf(tokens) })),
    keepFolder: Boolean(process.env["FLOTILLA_E2E_KEEP"]),
    lifetimeMs: LIFETIME_MS,
  });
  const clusters = wanted.map(({ place, tokens }) => ({ ...planes.cluster(place.name), place, tokens }));
  const find = (name: string): RealCluster => {
    const found = clusters.find((cluster) => cluster.name === name);
    if (found === undefined)
      throw new Error(`no cluster "${name}"; there are ${clusters.map((each) => each.name).join(", ")}`);
    return found;
  };
  const write = async (
    file: string,
    chosen: readonly RealCluster[],
    userOf: (cluster: RealCluster) => KubeconfigUser,
  ): Promise<string> => {
    const entries = chosen.map((one) => ({ name: one.name, server: one.url, caPem: one.caPem, user: userOf(one) }));
    const target = path.join(planes.folder, file);
    await writeFile(target, kubeconfigFile(entries), { mode: 0o600 });
    return target;
  };
  return {
    kubeconfigPath: await write("kubeconfig", clusters, (one) => one.adminCertificate),
    clusters,
    cluster: find,
    writeKubeconfig: (user, names) =>
      write(`kubeconfig-${user}`, names?.map(find) ?? clusters, (one) => ({ token: one.tokens[user] })),
    [Symbol.asyncDispose]: () => planes[Symbol.asyncDispose](),
  };
}

function newTokens(): Readonly<Record<TestUser, string>> {
  const token = (): string => randomBytes(24).toString("hex");
  return { admin: token(), viewer: token(), tenant: token() };
}

function usersOf({ admin, viewer, tenant }: Readonly<Record<TestUser, string>>): readonly TokenUser[] {
  return [
    { token: admin, name: "admin-by-token", groups: ["system:masters"] },
    { token: viewer, name: "viewer" },
    { token: tenant, name: "tenant" },
  ];
}
