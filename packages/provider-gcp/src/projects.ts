import { CloudError, type Ctx, type Scope } from "@flotilla/core";
import type { GcpSession } from "./gcp-session.ts";
import { openProjectsClient } from "./projects-client.ts";

/** The projects to look into: the configured ones, or every active one that the credentials see; of those, the wanted. */
export async function projectsToSee(
  session: GcpSession,
  scopes: readonly Scope[] | undefined,
  ctx: Ctx,
): Promise<readonly string[]> {
  if (scopes !== undefined && scopes.length === 0) return [];
  const { projects = [] } = session.options;
  const seen = projects.length > 0 ? projects : await everyProject(session, ctx);
  return [...new Set(seen)].filter((project) => scopes === undefined || scopes.includes(project));
}

/** A search finds what the caller may see. Nothing at all is a right that is missing, and no empty fleet. */
async function everyProject(session: GcpSession, ctx: Ctx): Promise<readonly string[]> {
  const projects = await (await openProjectsClient(session)).searchProjects(ctx);
  if (projects.length > 0) return projects;
  throw new CloudError(
    "denied",
    "gcp resourceManager SearchProjects: the credentials see no project; grant resourcemanager.projects.get, or name projects in the options",
  );
}
