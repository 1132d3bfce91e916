import type { AwsOptions } from "./aws-options.ts";

/** The DNS suffixes of all partitions; see `partitionOf`. */
const AWS_SUFFIXES: readonly string[] = [
  ".amazonaws.com",
  ".api.aws",
  ".amazonaws.com.cn",
  ".amazonaws.eu",
  ".c2s.ic.gov",
  ".sc2s.sgov.gov",
];

/** Whether a signed request may go to a host: AWS's own names, or what the configuration named, with its port. */
export function hostsOf(options: AwsOptions): (host: string) => boolean {
  const configured = new Set(
    [options.endpoint, ...Object.values(options.endpoints ?? {})]
      .filter((url) => url !== undefined)
      .map((url) => new URL(url).host),
  );
  return (host) => configured.has(host) || AWS_SUFFIXES.some((suffix) => host.endsWith(suffix));
}
