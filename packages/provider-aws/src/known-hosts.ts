import type { AwsOptions } from "./aws-options.ts";
import { hostSuffixes } from "./partition.ts";

/** Where the SDK renews the session of `aws login`. Source: the endpoint rules of the Sign-In service. */
const SIGN_IN_SUFFIXES: readonly string[] = [
  ".signin.aws",
  ".signin.aws.amazon.com",
  ".signin.amazonaws.cn",
  ".signin.amazonaws-us-gov.com",
];

/** Whether a signed request may go to a host: AWS's own names, or what the configuration named, with its port. */
export function hostsOf(options: AwsOptions): (host: string) => boolean {
  const configured = new Set(
    [options.endpoint, ...Object.values(options.endpoints ?? {})]
      .filter((url) => url !== undefined)
      .map((url) => new URL(url).host),
  );
  const suffixes = [...hostSuffixes(), ...SIGN_IN_SUFFIXES];
  return (host) => configured.has(host) || suffixes.some((suffix) => host.endsWith(suffix));
}
