import { CloudError, type Ctx, isCloudError } from "@flotilla/core";
import { allPages, startOfList } from "./all-pages.ts";
import { type GcpSession, send } from "./gcp-session.ts";
import { ONCE, restClientConfig } from "./generated-clients.ts";

/** The one call of Resource Manager that is made. */
export interface ProjectsClient {
  /** The active projects the credentials see. @throws CloudError only where nothing was read. */
  searchProjects(ctx: Ctx): Promise<FoundProjects>;
}

/** Ids of projects, and what kept the rest from being read. */
export interface FoundProjects {
  readonly projects: readonly string[];
  readonly failure?: CloudError;
}

/** The service's own maximum. */
const PAGE_SIZE = 1000;

/** As much as every id holds to, those of old domains too: it goes into paths. */
const PROJECT_ID = /^[a-z0-9][\w.:-]*$/i;

const SEARCH_PROJECTS = {
  service: "resourceManager",
  action: "SearchProjects",
  scope: "-",
  members: ["projects", "nextPageToken"],
  mayBeEmpty: true,
} as const;

/** Loads the SDK's projects client alone. */
export function openProjectsClient(session: GcpSession): Promise<ProjectsClient> {
  return session.client("resourceManager", () => load(session));
}

async function load(session: GcpSession): Promise<ProjectsClient> {
  const sdk = await import("@google-cloud/resource-manager/build/src/v3/projects_client.js");
  const client = new sdk.ProjectsClient(restClientConfig(session, "resourceManager") as never);
  const read = async (pageToken: string | undefined, ctx: Ctx) => {
    const base = { query: "state:ACTIVE", pageSize: PAGE_SIZE };
    const request = pageToken === undefined ? base : { ...base, pageToken };
    const [projects, , page] = await send(
      session,
      SEARCH_PROJECTS,
      () => client.searchProjects(request, ONCE as never),
      ctx,
    );
    // An emulator or an older API may leave the query aside.
    const active = projects.filter(({ state }) => state === undefined || state === null || state === "ACTIVE");
    const items = active.flatMap(({ projectId }) =>
      typeof projectId === "string" && projectId !== "" ? [projectId] : [],
    );
    refuseStrange(items);
    return { items, nextToken: page?.nextPageToken ?? undefined };
  };
  return {
    async searchProjects(ctx) {
      const progress = startOfList<string>();
      const { items: projects } = progress;
      try {
        await allPages("gcp resourceManager SearchProjects", (pageToken) => read(pageToken, ctx), progress);
        return { projects };
      } catch (error) {
        ctx.signal.throwIfAborted();
        if (!isCloudError(error) || projects.length === 0) throw error;
        return { projects, failure: error };
      }
    },
  };
}

function refuseStrange(projects: readonly string[]): void {
  if (projects.every((id) => PROJECT_ID.test(id))) return;
  throw new CloudError(
    "transient",
    "gcp resourceManager SearchProjects: the answer names a project by what is no project id: is there a proxy?",
  );
}
