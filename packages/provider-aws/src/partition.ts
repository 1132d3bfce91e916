/**
 * AWS is several closed worlds with host names of their own. Source: botocore's partitions.json (`regionRegex`, `dnsSuffix`).
 */
export interface Partition {
  /** As in `arn:PARTITION:…`. */
  readonly id: string;
  readonly dnsSuffix: string;
  /** Where the partition's region list is asked for when no region is configured. */
  readonly homeRegion: string;
  /** Regions in which the Pricing API has an endpoint; empty where it has none. */
  readonly pricingRegions: readonly string[];
}

const STANDARD: Partition = {
  id: "aws",
  dnsSuffix: "amazonaws.com",
  homeRegion: "us-east-1",
  pricingRegions: ["us-east-1", "eu-central-1", "ap-south-1"],
};

const OTHERS: readonly (readonly [prefix: RegExp, partition: Partition])[] = [
  [
    /^cn-/,
    { id: "aws-cn", dnsSuffix: "amazonaws.com.cn", homeRegion: "cn-northwest-1", pricingRegions: ["cn-northwest-1"] },
  ],
  [/^us-gov-/, { id: "aws-us-gov", dnsSuffix: "amazonaws.com", homeRegion: "us-gov-west-1", pricingRegions: [] }],
  [/^us-iso-/, { id: "aws-iso", dnsSuffix: "c2s.ic.gov", homeRegion: "us-iso-east-1", pricingRegions: [] }],
  [/^us-isob-/, { id: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov", homeRegion: "us-isob-east-1", pricingRegions: [] }],
  [/^eusc-/, { id: "aws-eusc", dnsSuffix: "amazonaws.eu", homeRegion: "eusc-de-east-1", pricingRegions: [] }],
];

/** The partition of a region; an unknown one is taken for the standard partition, as the SDKs do. */
export function partitionOf(region: string): Partition {
  return OTHERS.find(([prefix]) => prefix.test(region))?.[1] ?? STANDARD;
}

/** The regional STS host: the only name a presigned EKS token may carry, whatever endpoint is overridden. */
export function stsHost(region: string): string {
  return `sts.${region}.${partitionOf(region).dnsSuffix}`;
}
