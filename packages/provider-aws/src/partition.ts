/**
 * AWS is several closed worlds with host names of their own. Source: botocore's partitions.json (`regionRegex`, `dnsSuffix`,
 * `dualStackDnsSuffix`).
 */
export interface Partition {
  /** As in `arn:PARTITION:…`. */
  readonly id: string;
  readonly dnsSuffix: string;
  readonly dualStackSuffix: string;
  /** What its accounts are billed in, and its prices are told in. */
  readonly currency: string;
  /** Where the Pricing API can be asked for prices in USD; absent where it cannot. */
  readonly pricingRegion?: string;
}

const STANDARD: Partition = {
  id: "aws",
  dnsSuffix: "amazonaws.com",
  dualStackSuffix: "api.aws",
  currency: "USD",
  pricingRegion: "us-east-1",
};

type PartitionRow = readonly [
  prefix: string,
  id: string,
  dnsSuffix: string,
  dualStackSuffix: string,
  currency?: string,
];

const OTHERS: readonly PartitionRow[] = [
  ["cn-", "aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "CNY"],
  ["us-gov-", "aws-us-gov", "amazonaws.com", "api.aws"],
  ["us-iso-", "aws-iso", "c2s.ic.gov", "api.aws.ic.gov"],
  ["us-isob-", "aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud"],
  ["eu-isoe-", "aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"],
  ["us-isof-", "aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov"],
  ["eusc-", "aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", "EUR"],
];

/** The partition of a region; an unknown one is taken for the standard partition, as the SDKs do. */
export function partitionOf(region: string): Partition {
  const row = OTHERS.find(([prefix]) => region.startsWith(prefix));
  return row === undefined ? STANDARD : toPartition(row);
}

/** What the hosts of every partition end with. */
export function hostSuffixes(): readonly string[] {
  const all = [STANDARD, ...OTHERS.map(toPartition)];
  return [...new Set(all.flatMap(({ dnsSuffix, dualStackSuffix }) => [`.${dnsSuffix}`, `.${dualStackSuffix}`]))];
}

/** The regional STS host: the only name a presigned EKS token may carry, whatever endpoint is overridden. */
export function stsHost(region: string): string {
  return `sts.${region}.${partitionOf(region).dnsSuffix}`;
}

function toPartition([, id, dnsSuffix, dualStackSuffix, currency = "USD"]: PartitionRow): Partition {
  return { id, dnsSuffix, dualStackSuffix, currency };
}
