import { type Ctx, type Document, type FleetSnapshot, InputError, isCloudError } from "@flotilla/core";
import { groupOf } from "../objects/object-ref.ts";
import type { ObjectScope } from "../objects/object-scope.ts";
import { groupStream } from "../plan/group-stream.ts";
import { kindsOfUnknownScope, type Manifest, readManifests } from "../plan/manifest.ts";
import type { Stream } from "../plan/stream.ts";
import { tryOverrides } from "../policy/check/try-overrides.ts";
import { overrideProblem } from "../policy/override-problem.ts";
import type { Members } from "./members.ts";

/** What a person wrote, read without asking any server. */
export interface PreparedDocuments {
  readonly documents: readonly Document[];
  readonly manifests: readonly Manifest[];
  readonly stream: Stream;
}

/**
 * Reads policies and objects; nothing is contacted. The parser of policies is loaded here and not before.
 *
 * @throws InputError with everything that is wrong
 */
export async function prepareDocuments(
  documents: readonly Document[],
  scoreNames: readonly string[],
): Promise<PreparedDocuments> {
  const { parsePolicies } = await import("../policy/index.ts");
  const policies = parsePolicies(documents, { scoreNames });
  const manifests = readManifests(documents);
  const stream = groupStream(manifests, policies);
  const failures = tryOverrides(
    manifests.map(({ object }) => object),
    policies.overrides,
  );
  if (failures.length > 0) throw new InputError(failures.map((failure) => overrideProblem(failure, documents)));
  return { documents, manifests, stream };
}

/** The stream again, once servers have said whether its custom kinds live in namespaces. */
export async function withServerScopes(
  prepared: PreparedDocuments,
  snapshot: FleetSnapshot,
  members: Members,
  ctx: Ctx,
): Promise<Stream> {
  const { stream, manifests, documents } = prepared;
  const unknown = kindsOfUnknownScope(manifests);
  if (unknown.length === 0) return stream;
  const scopes = new Map<string, ObjectScope>();
  for (const { apiVersion, kind } of unknown) {
    const scope = await askScope(apiVersion, kind, snapshot, members, ctx);
    if (scope !== undefined) scopes.set(`${groupOf(apiVersion)}/${kind}`, scope);
  }
  return groupStream(readManifests(documents, scopes), stream);
}

/** The first member that has the kind tells; members that do not answer are passed over. */
async function askScope(
  apiVersion: string,
  kind: string,
  snapshot: FleetSnapshot,
  members: Members,
  ctx: Ctx,
): Promise<ObjectScope | undefined> {
  for (const { cluster, kinds } of snapshot.clusters) {
    if (cluster.problem !== undefined || kinds?.has(`${apiVersion}/${kind}`) !== true) continue;
    try {
      const info = await members.use(cluster.id, (kube, timed) => kube.kind(apiVersion, kind, timed), ctx);
      if (info !== undefined) return info.namespaced ? "Namespaced" : "Cluster";
    } catch (error) {
      if (!isCloudError(error)) throw error;
    }
  }
  return undefined;
}
