import { type EmulatedScope, EmulatorRefusal, stableHex } from "@flotilla/testing";
import { errorReply, invalidArgument } from "../gcp-failure.ts";
import type { GcpCall, GcpMethod } from "../gcp-world.ts";
import { page, type Paging } from "../page.ts";
import { WireEnum } from "../wire-enum.ts";
import { projectNumber } from "./project-number.ts";

const PAGING: Paging = { sizeName: "pageSize", sizeDefault: 500, sizeMax: 1000 };
const CREATED = "2026-01-05T09:00:00.123456Z";

/** Resource Manager v3: every project that the caller sees. */
export const SEARCH_PROJECTS: GcpMethod = {
  action: "resourcemanager.projects.get",
  service: "cloudresourcemanager",
  query: ["query", "pageSize", "pageToken"],
  isOpen: true,
  answer(call) {
    const { items, next } = page(call, queried(call), PAGING);
    const projects = items.map((scope) => ({
      name: `projects/${projectNumber(scope.id)}`,
      parent: "organizations/123456789012",
      projectId: scope.id,
      state: new WireEnum("projectState", stateOf(scope)),
      displayName: scope.name ?? scope.id,
      createTime: CREATED,
      etag: `W/"${stableHex(16, "project", scope.id)}"`,
    }));
    return { ...(projects.length === 0 ? {} : { projects }), ...next };
  },
};

/** Resource Manager v1, which older clients list with. */
export const LIST_PROJECTS_V1: GcpMethod = {
  action: "resourcemanager.projects.get",
  service: "cloudresourcemanager",
  query: ["filter", "pageSize", "pageToken"],
  isOpen: true,
  answer(call) {
    const { items, next } = page(call, call.world.fleet.cloud.scopes, PAGING);
    const projects = items.map((scope) => ({
      projectNumber: projectNumber(scope.id),
      projectId: scope.id,
      lifecycleState: stateOf(scope),
      name: scope.name ?? scope.id,
      createTime: CREATED,
      parent: { type: "organization", id: "123456789012" },
    }));
    return { ...(projects.length === 0 ? {} : { projects }), ...next };
  },
};

/** A closed project is on its way out; one with another trouble is still listed as active. */
function stateOf({ state }: EmulatedScope): string {
  return state === "closed" ? "DELETE_REQUESTED" : "ACTIVE";
}

function queried(call: GcpCall): readonly EmulatedScope[] {
  const query = call.request.query.get("query") ?? "";
  const { scopes } = call.world.fleet.cloud;
  if (query === "") return scopes;
  const [, field = "", value = ""] = /^(state|projectId|id)[:=]([\w-]+)$/.exec(query) ?? [];
  if (field === "")
    throw new EmulatorRefusal(errorReply(invalidArgument(`field [query] has issue [Invalid filter: ${query}]`)));
  return scopes.filter((scope) => (field === "state" ? stateOf(scope) === value : scope.id === value));
}
