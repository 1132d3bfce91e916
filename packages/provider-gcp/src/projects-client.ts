import type { Ctx } from "@flotilla/core";
import { allPages } from "./all-pages.ts";
import { type GcpSession, send } from "./gcp-session.ts";
import { ONCE, restClientConfig } from "./generated-clients.ts";

/** The one call of Resource Manager that is made. */
export interface ProjectsClient {
  /** Ids of the active projects the credentials see. */
  searchProjects(ctx: Ctx): Promise<readonly string[]>;
}

/** The service's own maximum. */
const PAGE_SIZE = 1000;

/** Loads the SDK's projects client alone. */
export function openProjectsClient(session: GcpSession): Promise<ProjectsClient> {
  return session.client("resourceManager", () => load(session));
}

async function load(session: GcpSession): Promise<ProjectsClient> {
  const sdk = await import("@google-cloud/resource-manager/build/src/v3/projects_client.js");
  const client = new sdk.ProjectsClient(restClientConfig(session, "resourceManager") as never);
  const call = { service: "resourceManager", action: "SearchProjects", scope: "-" } as const;
  return {
    async searchProjects(ctx) {
      return allPages("gcp resourceManager SearchProjects", async (pageToken) => {
        const request = {
          query: "state:ACTIVE",
          pageSize: PAGE_SIZE,
          ...(pageToken === undefined ? {} : { pageToken }),
        };
        const [projects, , page] = await send(session, call, () => client.searchProjects(request, ONCE as never), ctx);
        // An emulator or an older API may leave the query aside.
        const active = projects.filter(({ state }) => state === undefined || state === null || state === "ACTIVE");
        const items = active.flatMap(({ projectId }) =>
          typeof projectId === "string" && projectId !== "" ? [projectId] : [],
        );
        return { items, nextToken: page?.nextPageToken ?? undefined };
      });
    },
  };
}
