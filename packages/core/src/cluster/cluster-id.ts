/**
 * The four parts of a cluster's id, decoded. `group` is what the cloud groups clusters by: the region for aws and gcp
 * (gcp: the location, which may be a zone), the resource group for azure, `-` for kubeconfig.
 */
export interface ClusterIdParts {
  readonly provider: string;
  readonly scope: string;
  readonly group: string;
  readonly name: string;
}

/**
 * The one writer of cluster ids: `provider/scope/group/name`, e.g. `aws/123456789012/eu-west-1/prod`. In each part letters,
 * digits and `-._~:@` stand as they are and everything else is percent-encoded UTF-8, so an id is ASCII, holds no space and
 * exactly three slashes. Azure compares names without case, so its parts are written in lower case.
 *
 * @throws RangeError for an empty part: such an id could not be read back.
 */
export function formatClusterId(parts: ClusterIdParts): string {
  const { provider, scope, group, name } = caseFolded(parts);
  for (const [key, value] of Object.entries({ provider, scope, group, name })) {
    if (value === "") throw new RangeError(`a cluster id needs its ${key}: ${JSON.stringify(parts)}`);
  }
  return [provider, scope, group, name].map(encodePart).join("/");
}

/** The one reader of cluster ids; `undefined` when the text is not an id. */
export function parseClusterId(id: string): ClusterIdParts | undefined {
  const parts = id.split("/");
  if (parts.length !== 4) return undefined;
  const [provider, scope, group, name] = parts.map(decodePart);
  if (!provider || !scope || !group || !name) return undefined;
  return caseFolded({ provider, scope, group, name });
}

/** Azure Resource Manager names are case-insensitive and come back in any case; two spellings are one cluster. */
function caseFolded(parts: ClusterIdParts): ClusterIdParts {
  if (parts.provider !== "azure") return parts;
  return {
    provider: parts.provider,
    scope: parts.scope.toLowerCase(),
    group: parts.group.toLowerCase(),
    name: parts.name.toLowerCase(),
  };
}

function encodePart(part: string): string {
  return encodeURIComponent(part.toWellFormed())
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%3A/g, ":")
    .replace(/%40/g, "@");
}

function decodePart(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined; // a stray percent sign: not an id of ours
  }
}
