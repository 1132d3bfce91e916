import {
  CloudError,
  isJsonObject,
  type ApplyOptions,
  type ApplyResult,
  type Clock,
  type ClusterCapacity,
  type Ctx,
  type DeleteOptions,
  type KindInfo,
  type KubeCluster,
  type KubeObject,
  type ListInput,
  type ListPage,
  type ObjectRef,
  type Random,
  type WatchEvent,
  type WatchInput,
  type WriteOptions,
} from "@flotilla/core";
import { readCapacity } from "../capacity/read-capacity.ts";
import type { KubeHttp } from "../http/kube-http.ts";
import type { KubeRequest } from "../http/kube-request.ts";
import { watchObjects } from "../watch/watch-objects.ts";
import { applyObject, dryRunApply } from "./apply-object.ts";
import { readDeleteOutcome } from "./delete-outcome.ts";
import { KindCatalog } from "./kind-catalog.ts";
import { listObjects } from "./list-objects.ts";
import { nameOf } from "./object-name.ts";
import { readObject } from "./read-object.ts";
import { collectionPath, objectPath, queryOf } from "./resource-path.ts";
import { RevisionMarks } from "./revision-marks.ts";
import { oneByOne } from "../watch/one-by-one.ts";

/** The port over one connection. Everything that decides is in the files beside this one. */
export class KubeClusterClient implements KubeCluster {
  readonly id: string;
  readonly #http: KubeHttp;
  readonly #kinds: KindCatalog;
  readonly #marks = new RevisionMarks();
  readonly #deps: { readonly clock: Clock; readonly random: Random };

  constructor(http: KubeHttp, deps: { readonly clock: Clock; readonly random: Random }) {
    this.id = http.id;
    this.#http = http;
    this.#kinds = new KindCatalog(http);
    this.#deps = deps;
  }

  async version(ctx: Ctx): Promise<string> {
    const request: KubeRequest = {
      method: "GET",
      path: "/version",
      repeatable: true,
      describe: () => "read the server's version",
    };
    const body = await this.#http.send(request, ctx);
    const version = isJsonObject(body) ? body["gitVersion"] : undefined;
    if (typeof version === "string" && version !== "") return version;
    throw new CloudError(
      "internal",
      `${this.id}: cannot read the server's version: the answer has no gitVersion; is this an API server?`,
    );
  }

  kinds(ctx: Ctx): Promise<readonly KindInfo[]> {
    return this.#kinds.all(ctx);
  }

  kind(apiVersion: string, kind: string, ctx: Ctx): Promise<KindInfo | undefined> {
    return this.#kinds.find(apiVersion, kind, ctx);
  }

  async get(ref: ObjectRef, ctx: Ctx): Promise<KubeObject | undefined> {
    const kind = await this.kind(ref.apiVersion, ref.kind, ctx);
    if (kind === undefined) return undefined;
    const path = objectPath(kind, ref.namespace, ref.name);
    const request: KubeRequest = { method: "GET", path, repeatable: true, describe: () => `read ${refText(ref)}` };
    const response = await this.#http.exchange(request, ctx);
    if (response.status === 404) return undefined;
    if (response.status >= 400) throw this.#http.errorOf(request, response);
    return this.#seen(kind, readObject(this.id, request, response.body));
  }

  async *list(input: ListInput, ctx: Ctx): AsyncGenerator<ListPage, void, undefined> {
    const kind = await this.#need(input.apiVersion, input.kind, `list ${input.kind}`, ctx);
    for await (const page of listObjects(this.#http, kind, input, ctx)) {
      this.#marks.see(markKey(kind), page.resourceVersion);
      yield page;
    }
  }

  watch(input: WatchInput, ctx: Ctx): AsyncIterableIterator<WatchEvent> {
    const deps = { ...this.#deps, http: this.#http };
    const find = (inner: Ctx): Promise<KindInfo> =>
      this.#need(input.apiVersion, input.kind, `watch ${input.kind}`, inner);
    return oneByOne(watchObjects(deps, find, input, ctx));
  }

  async apply(object: KubeObject, options: ApplyOptions, ctx: Ctx): Promise<ApplyResult> {
    const kind =
      this.#kinds.known(object.apiVersion, object.kind) ??
      (await this.#need(object.apiVersion, object.kind, `apply ${refText(refOf(object))}`, ctx));
    const deps = { http: this.#http, marks: this.#marks };
    if (options.dryRun !== true) return applyObject(deps, kind, object, options, ctx);
    const live = await this.get(refOf(object), ctx);
    return dryRunApply({ ...deps, live }, kind, object, options, ctx);
  }

  async create(object: KubeObject, options: WriteOptions, ctx: Ctx): Promise<KubeObject> {
    const what = `create ${refText(refOf(object))}`;
    const kind = await this.#need(object.apiVersion, object.kind, what, ctx);
    objectPath(kind, object.metadata.namespace, object.metadata.name); // the same demands as for every other call
    const path = collectionPath(kind, object.metadata.namespace) + writeQuery(options);
    return this.#write(
      kind,
      { method: "POST", path, body: JSON.stringify(object), repeatable: false, describe: () => what },
      ctx,
    );
  }

  async replace(object: KubeObject, options: WriteOptions, ctx: Ctx): Promise<KubeObject> {
    const what = `replace ${refText(refOf(object))}`;
    if (object.metadata.resourceVersion === undefined) {
      throw new CloudError(
        "invalid",
        `${this.id}: cannot ${what}: it has no metadata.resourceVersion; read the object first`,
      );
    }
    const kind = await this.#need(object.apiVersion, object.kind, what, ctx);
    const path = objectPath(kind, object.metadata.namespace, object.metadata.name) + writeQuery(options);
    return this.#write(
      kind,
      { method: "PUT", path, body: JSON.stringify(object), repeatable: false, describe: () => what },
      ctx,
    );
  }

  async delete(ref: ObjectRef, options: DeleteOptions, ctx: Ctx): Promise<"deleted" | "deleting" | "absent"> {
    const kind = await this.kind(ref.apiVersion, ref.kind, ctx);
    if (kind === undefined) return "absent";
    const request: KubeRequest = {
      method: "DELETE",
      path: objectPath(kind, ref.namespace, ref.name),
      body: JSON.stringify(deleteBody(options)),
      repeatable: false,
      describe: () => `delete ${refText(ref)}`,
    };
    const response = await this.#http.exchange(request, ctx);
    if (response.status === 404) return "absent";
    if (response.status >= 400) throw this.#http.errorOf(request, response);
    return readDeleteOutcome(response.body);
  }

  async capacity(ctx: Ctx): Promise<ClusterCapacity> {
    const list = (input: ListInput): AsyncIterable<ListPage> => this.list(input, ctx);
    return readCapacity(list, this.#deps.clock);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#http[Symbol.asyncDispose]();
  }

  async #write(kind: KindInfo, request: KubeRequest, ctx: Ctx): Promise<KubeObject> {
    return this.#seen(kind, readObject(this.id, request, await this.#http.send(request, ctx)));
  }

  #seen(kind: KindInfo, object: KubeObject): KubeObject {
    this.#marks.see(markKey(kind), object.metadata.resourceVersion);
    return object;
  }

  async #need(apiVersion: string, kind: string, what: string, ctx: Ctx): Promise<KindInfo> {
    const found = await this.#kinds.find(apiVersion, kind, ctx);
    if (found !== undefined) return found;
    throw new CloudError("notFound", `${this.id}: cannot ${what}: the server has no kind ${kind} in ${apiVersion}`);
  }
}

function writeQuery(options: WriteOptions): string {
  return queryOf({ fieldManager: options.fieldManager, dryRun: options.dryRun === true ? "All" : undefined });
}

function deleteBody(options: DeleteOptions): Readonly<Record<string, unknown>> {
  const { uid, resourceVersion, propagation, dryRun } = options;
  const preconditions = {
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
  };
  return {
    apiVersion: "v1",
    kind: "DeleteOptions",
    ...(Object.keys(preconditions).length === 0 ? {} : { preconditions }),
    ...(propagation === undefined ? {} : { propagationPolicy: propagation }),
    ...(dryRun === true ? { dryRun: ["All"] } : {}),
  };
}

function markKey(kind: KindInfo): string {
  return `${kind.apiVersion}/${kind.plural}`;
}

function refOf({ apiVersion, kind, metadata }: KubeObject): ObjectRef {
  const { name, namespace } = metadata;
  return namespace === undefined ? { apiVersion, kind, name } : { apiVersion, kind, name, namespace };
}

function refText(ref: ObjectRef): string {
  return nameOf(ref.kind, ref.namespace, ref.name);
}
