/**
 * AWS is several closed worlds with host names of their own. Source: botocore's partitions.json (`regionRegex`, `dnsSuffix`,
 * `dualStackDnsSuffix`).
 */
export interface Partition {
  /** As in `arn:PARTITION:…`. */
  readonly id: string;
  readonly dnsSuffix: string;
  readonly dualStackSuffix: string;
  /** A region that every account of it has. */
  readonly homeRegion: string;
  /** What its accounts are billed in, and its prices are told in. */
  readonly currency: string;
  /** Where the Pricing API can be asked for prices in USD; absent where it cannot. */
  readonly pricingRegion?: string;
}

const STANDARD: Partition = {
  id: "aws",
  dnsSuffix: "amazonaws.com",
  dualStackSuffix: "api.aws",
  homeRegion: "us-east-1",
  currency: "USD",
  pricingRegion: "us-east-1",
};

type PartitionRow = readonly [
  prefix: string,
  id: string,
  dnsSuffix: string,
  dualStackSuffix: string,
  homeRegion: string,
  currency?: string,
];

const OTHERS: readonly PartitionRow[] = [
  ["cn-", "aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-north-1", "CNY"],
  ["us-gov-", "aws-us-gov", "amazonaws.com", "api.aws", "us-gov-west-1"],
  ["us-iso-", "aws-iso", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1"],
  ["us-isob-", "aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud", "us-isob-east-1"],
  ["eu-isoe-", "aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-west-1"],
  ["us-isof-", "aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1"],
  ["eusc-", "aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1", "EUR"],
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

function toPartition([, id, dnsSuffix, dualStackSuffix, homeRegion, currency = "USD"]: PartitionRow): Partition {
  return { id, dnsSuffix, dualStackSuffix, homeRegion, currency };
}
