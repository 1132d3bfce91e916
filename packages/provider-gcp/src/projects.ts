import { CloudError, type Ctx, EVERY_SCOPE, type Scope } from "@flotilla/core";
import type { GcpSession } from "./gcp-session.ts";
import { type FoundProjects, openProjectsClient } from "./projects-client.ts";

/** Where to look, and what was asked for and could not be named. */
export interface ProjectsToSee {
  readonly projects: readonly string[];
  readonly gaps: readonly { readonly scope: Scope; readonly error: CloudError }[];
}

/** The projects to look into: the configured ones, or every active one that the credentials see; of those, the wanted. */
export async function projectsToSee(
  session: GcpSession,
  scopes: readonly Scope[] | undefined,
  ctx: Ctx,
): Promise<ProjectsToSee> {
  if (scopes !== undefined && scopes.length === 0) return { projects: [], gaps: [] };
  const { projects: configured = [] } = session.options;
  const found: FoundProjects = configured.length > 0 ? { projects: configured } : await everyProject(session, ctx);
  const { failure } = found;
  const seen = new Set(found.projects);
  const unseen = (scopes ?? [EVERY_SCOPE]).filter((scope) => !seen.has(scope));
  return {
    projects: [...seen].filter((project) => scopes === undefined || scopes.includes(project)),
    gaps: failure === undefined ? [] : unseen.map((scope) => ({ scope, error: failure })),
  };
}

/** A search finds what the caller may see. Nothing at all is a right that is missing, and no empty fleet. */
async function everyProject(session: GcpSession, ctx: Ctx): Promise<FoundProjects> {
  const found = await (await openProjectsClient(session)).searchProjects(ctx);
  if (found.projects.length > 0) return found;
  throw new CloudError(
    "denied",
    "gcp resourceManager SearchProjects: the credentials see no project; grant resourcemanager.projects.get, or name projects in the options",
  );
}
