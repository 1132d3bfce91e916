import { CloudError } from "../errors/cloud-error.ts";

/** How deep a JSON value may nest before it is refused. No Kubernetes object comes near; a hostile one must not end the process. */
export const JSON_DEPTH_MAX = 1000;

/** @throws CloudError `invalid` past `JSON_DEPTH_MAX` levels. */
export function checkDepth(depth: number): void {
  if (depth > JSON_DEPTH_MAX)
    throw new CloudError("invalid", `JSON nested deeper than ${JSON_DEPTH_MAX} levels is refused`);
}
