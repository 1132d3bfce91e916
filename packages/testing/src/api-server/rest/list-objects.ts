import { badRequest, expired, invalid, StatusError } from "../http/status-error.ts";
import { isObject, numberAt, stringAt, type Json, type JsonObject } from "../json/json.ts";
import { bucketOf, type Resource } from "../resources/resource.ts";
import { CompactedError } from "../store/object-store.ts";
import { forbiddenField } from "../validation/causes.ts";
import type { Predicate } from "./label-selector.ts";
import type { ServerState } from "./server-state.ts";

/** What a list request asks for. */
export interface ListQuery {
  readonly namespace?: string;
  readonly selects: Predicate;
  /** A selector is given: how many remain is then not told. */
  readonly isFiltered: boolean;
  readonly limit: number;
  readonly continueToken: string;
  readonly resourceVersion: string;
  readonly resourceVersionMatch: string;
}

/** One page of one consistent state. */
export interface ObjectPage {
  readonly items: readonly JsonObject[];
  readonly metadata: JsonObject;
}

const EXPIRED_TOKEN =
  "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

/** Lists a kind. @throws StatusError 400 bad token or version, 410 too old, 422 contradiction, 504 version of the future */
export function listObjects(state: ServerState, resource: Resource, query: ListQuery): ObjectPage {
  checkMatch(query);
  const token = query.continueToken === "" ? undefined : parseToken(query.continueToken);
  const revision = token?.revision ?? exactRevision(state, query) ?? state.store.revision;
  const all = readAt(state, resource, query, revision, token !== undefined);
  const rest = token === undefined ? all : all.filter(([key]) => key > token.after);
  const chosen = rest.filter(([, object]) => query.selects(object));
  const page = query.limit > 0 ? chosen.slice(0, query.limit) : chosen;
  const last = page.at(-1);
  if (page.length === chosen.length || last === undefined) {
    return { items: page.map(([, object]) => object), metadata: { resourceVersion: String(revision) } };
  }
  const metadata = {
    resourceVersion: String(revision),
    continue: formatToken({ revision, after: last[0] }),
    ...(query.isFiltered ? {} : { remainingItemCount: chosen.length - page.length }),
  };
  return { items: page.map(([, object]) => object), metadata };
}

/** The revision a parameter names; `undefined` when it leaves it to the server. @throws StatusError 400 */
export function parseRevision(text: string): number | undefined {
  if (text === "" || text === "0") return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const why = `strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`;
  throw badRequest(`invalid resource version: resourceVersion: Invalid value: ${JSON.stringify(text)}: ${why}`);
}

/** @throws StatusError 504 when the revision is not there yet */
export function checkNotFuture(state: ServerState, revision: number): void {
  if (revision <= state.store.revision) return;
  const message = `Timeout: Too large resource version: ${revision}, current: ${state.store.revision}`;
  const causes = [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }];
  throw new StatusError(504, "Timeout", message, { causes, retryAfterSeconds: 1 });
}

function checkMatch(query: ListQuery): void {
  const refuse = (why: string): StatusError =>
    invalid({ group: "meta.k8s.io", kind: "ListOptions" }, "", [forbiddenField("resourceVersionMatch", why)]);
  if (query.resourceVersionMatch === "") return;
  if (query.resourceVersion === "")
    throw refuse("resourceVersionMatch is forbidden unless resourceVersion is provided");
  if (query.continueToken !== "") throw refuse("resourceVersionMatch is forbidden when continue is provided");
  if (query.resourceVersionMatch === "Exact" && query.resourceVersion === "0") {
    throw refuse('resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
  }
}

function exactRevision(state: ServerState, query: ListQuery): number | undefined {
  const wanted = parseRevision(query.resourceVersion);
  if (wanted === undefined) return undefined;
  checkNotFuture(state, wanted);
  const isExact = query.resourceVersionMatch === "Exact" || (query.resourceVersionMatch === "" && query.limit > 0);
  return isExact ? wanted : undefined;
}

function readAt(
  state: ServerState,
  resource: Resource,
  query: ListQuery,
  revision: number,
  isContinued: boolean,
): readonly (readonly [string, JsonObject])[] {
  const namespace = query.namespace === undefined ? {} : { namespace: query.namespace };
  try {
    return state.store.list(bucketOf(resource), { ...namespace, atRevision: revision });
  } catch (error) {
    if (!(error instanceof CompactedError)) throw error;
    if (!isContinued) throw expired(`The resourceVersion for the provided list is too old.`);
    throw new ExpiredListError(state.store.revision, query.continueToken);
  }
}

/** 410 with a token that goes on, inconsistently, from the state of now. */
class ExpiredListError extends StatusError {
  readonly #continueToken: string;

  constructor(revision: number, token: string) {
    super(410, "Expired", EXPIRED_TOKEN);
    this.#continueToken = formatToken({ ...parseToken(token), revision });
  }

  override toStatus(): JsonObject {
    return { ...super.toStatus(), metadata: { continue: this.#continueToken } };
  }
}

interface PageToken {
  readonly revision: number;
  readonly after: string;
}

function formatToken(token: PageToken): string {
  const body = { v: "meta.k8s.io/v1", rv: token.revision, start: `${token.after}\u0000` };
  return Buffer.from(JSON.stringify(body)).toString("base64url");
}

function parseToken(text: string): PageToken {
  const bad = (why: string): StatusError => badRequest(`invalid continue token: continue key is not valid: ${why}`);
  let body: Json;
  try {
    body = JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as Json;
  } catch {
    throw bad("invalid character looking for beginning of value");
  }
  const [revision, start] = [numberAt(body, "rv"), stringAt(body, "start")];
  if (!isObject(body) || revision === undefined || start === undefined) throw bad("incorrect encoded version or start");
  return { revision, after: start.endsWith("\u0000") ? start.slice(0, -1) : start };
}
