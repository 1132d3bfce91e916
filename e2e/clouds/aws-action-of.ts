import type { IncomingHttpHeaders } from "node:http";

interface AwsRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const EKS_ACTIONS: readonly (readonly [RegExp, string])[] = [
  [/^GET \/clusters$/, "ListClusters"],
  [/^GET \/clusters\/[^/]+$/, "DescribeCluster"],
  [/^GET \/clusters\/[^/]+\/node-groups$/, "ListNodegroups"],
  [/^GET \/clusters\/[^/]+\/node-groups\/[^/]+$/, "DescribeNodegroup"],
];

/** What a request to AWS asks for, read off the three protocols of its services: `eks:ListClusters`. */
export function awsActionOf({ method, url, headers, body }: AwsRequest): string {
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? "")?.[1] ?? "?";
  const target = headers["x-amz-target"];
  if (typeof target === "string") return `${service}:${target.split(".").at(-1) ?? "?"}`;
  const form = new URLSearchParams(body).get("Action");
  if (form !== null) return `${service}:${form}`;
  const line = `${method} ${url.split("?")[0] ?? ""}`;
  return `${service}:${EKS_ACTIONS.find(([pattern]) => pattern.test(line))?.[1] ?? line}`;
}
