import type { Ctx, Scope } from "@flotilla/core";
import type { GcpSession } from "./gcp-session.ts";
import { openProjectsClient } from "./projects-client.ts";

/** The projects to look into: the configured ones, or every active one that the credentials see; of those, the wanted. */
export async function projectsToSee(
  session: GcpSession,
  scopes: readonly Scope[] | undefined,
  ctx: Ctx,
): Promise<readonly string[]> {
  if (scopes !== undefined && scopes.length === 0) return [];
  const { projects } = session.options;
  const seen =
    projects !== undefined && projects.length > 0
      ? projects
      : await (await openProjectsClient(session)).searchProjects(ctx);
  return [...new Set(seen)].filter((project) => scopes === undefined || scopes.includes(project));
}
