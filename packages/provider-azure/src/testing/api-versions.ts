import { armError, refuse } from "./azure-failure.ts";
import type { AzureHandler } from "./azure-request.ts";

interface ApiVersions {
  readonly type: string;
  readonly oldest: string;
  readonly newest: string;
}

/** What Resource Manager itself answers. Source: Azure REST API specifications. */
const RESOURCES: ApiVersions = { type: "subscriptions", oldest: "2014-04-01", newest: "2025-04-01" };

/** By provider: each has versions of its own, and what is a version of one is none of another. Source: as above. */
const PROVIDERS: Readonly<Record<NonNullable<AzureHandler["namespace"]>, ApiVersions>> = {
  // Operations are polled under a version older than managed clusters.
  "Microsoft.ContainerService": { type: "managedClusters", oldest: "2016-03-30", newest: "2026-12-31" },
  "Microsoft.Compute": { type: "locations/usages", oldest: "2015-06-15", newest: "2026-12-31" },
  "Microsoft.Network": { type: "virtualNetworks", oldest: "2015-05-01", newest: "2026-12-31" },
  "Microsoft.Authorization": { type: "locks", oldest: "2015-01-01", newest: "2020-05-01" },
};

/** A version that the resource type never had. @throws EmulatorRefusal */
export function checkVersion(version: string, { target, params }: VersionedCall): void {
  const { type, oldest, newest } = target.namespace === undefined ? RESOURCES : PROVIDERS[target.namespace];
  const date = version.slice(0, 10);
  if (date >= oldest && date <= newest) return;
  if (target.namespace === undefined) {
    refuse(
      armError(
        400,
        "InvalidApiVersionParameter",
        `The api-version '${version}' is invalid. The supported versions are '${newest},${oldest}'.`,
      ),
    );
  }
  refuse(noProvider({ version, type, location: params["location"] ?? "" }));
}

interface VersionedCall {
  readonly target: Pick<AzureHandler, "namespace">;
  readonly params: Readonly<Record<string, string>>;
}

/** Resource Manager finds providers by type, version and location together, and says so of all three. */
export function noProvider(asked: {
  readonly version: string;
  readonly type: string;
  readonly location: string;
}): ReturnType<typeof armError> {
  const { version, type, location } = asked;
  const text = `No registered resource provider found for location '${location}' and API version '${version}' for type '${type}'.`;
  return armError(400, "NoRegisteredProviderFound", text);
}
