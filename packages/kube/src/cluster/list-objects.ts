import { isCloudError, type Ctx, type KindInfo, type KubeObject, type ListInput, type ListPage } from "@flotilla/core";
import { CloudError, isJsonObject } from "@flotilla/core";
import type { KubeHttp } from "../http/kube-http.ts";
import type { KubeRequest } from "../http/kube-request.ts";
import { collectionPath, queryOf } from "./resource-path.ts";

/** Objects per page; kubectl uses the same. */
const PAGE_SIZE = 500;
/** A list that expires over and over is on a server that forgets faster than it answers. */
const RESTARTS_MAX = 3;

/**
 * Page by page at one revision. A page token that has expired (410) restarts the list at a newer revision: the first page
 * after that says `restarted`, and what came before it is void.
 */
export async function* listObjects(
  http: KubeHttp,
  kind: KindInfo,
  input: ListInput,
  ctx: Ctx,
): AsyncGenerator<ListPage, void, undefined> {
  let token = "";
  let restarts = 0;
  let restarted = false;
  for (;;) {
    const request = pageRequest(kind, input, token);
    let page: ReadPage;
    try {
      page = readPage(http.id, kind, request, await http.send(request, ctx));
    } catch (error) {
      if (token === "" || !isExpired(error) || restarts === RESTARTS_MAX) throw error;
      restarts += 1;
      restarted = true;
      token = "";
      continue;
    }
    yield restarted ? { ...page.page, restarted: true } : page.page;
    restarted = false;
    if (page.token === "") return;
    token = page.token;
  }
}

function isExpired(error: unknown): boolean {
  return isCloudError(error, "stale") && error.status === 410;
}

interface ReadPage {
  readonly page: ListPage;
  readonly token: string;
}

function pageRequest(kind: KindInfo, input: ListInput, token: string): KubeRequest {
  const query = queryOf({
    labelSelector: input.labelSelector,
    fieldSelector: input.fieldSelector,
    limit: input.pageSize ?? PAGE_SIZE,
    continue: token,
  });
  const where = input.namespace === undefined ? "" : ` in namespace ${input.namespace}`;
  const path = collectionPath(kind, input.namespace) + query;
  return { method: "GET", path, repeatable: true, describe: () => `list ${kind.plural}${where}` };
}

/** Items of a list leave out what they are; each gets the list's apiVersion and kind, so that it stands on its own. */
function readPage(clusterId: string, kind: KindInfo, request: KubeRequest, body: unknown): ReadPage {
  const metadata = isJsonObject(body) && isJsonObject(body["metadata"]) ? body["metadata"] : undefined;
  const items = isJsonObject(body) ? (body["items"] ?? []) : undefined;
  if (metadata === undefined || !Array.isArray(items)) {
    throw new CloudError("internal", `${clusterId}: cannot ${request.describe()}: the answer is not a list`);
  }
  for (const item of items as unknown[]) {
    if (!isJsonObject(item) || !isJsonObject(item["metadata"])) {
      throw new CloudError(
        "internal",
        `${clusterId}: cannot ${request.describe()}: the list holds something that is no object`,
      );
    }
    item["apiVersion"] ??= kind.apiVersion;
    item["kind"] ??= kind.kind;
  }
  const token = metadata["continue"];
  const resourceVersion = metadata["resourceVersion"];
  return {
    page: { items: items as KubeObject[], resourceVersion: typeof resourceVersion === "string" ? resourceVersion : "" },
    token: typeof token === "string" ? token : "",
  };
}
