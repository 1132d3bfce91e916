import type { AwsOptions } from "./aws-options.ts";
import { partitionOf } from "./partition.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Regions that no account has to opt into: all that AWS had before 20 March 2019, and the first of each other partition. The
 * list is closed, for later regions are opted into. Source: AWS account management guide, "Enable or disable Regions".
 */
const OPEN_REGIONS: ReadonlySet<string> = new Set([
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "cn-north-1",
  "cn-northwest-1",
  "us-gov-east-1",
  "us-gov-west-1",
  "us-iso-east-1",
  "us-isob-east-1",
  "eu-isoe-west-1",
  "us-isof-south-1",
  "eusc-de-east-1",
]);

/**
 * Where questions are asked that concern a whole partition. A wrong name among the configured regions, or one that the account
 * has not opted into, must not cost all the others: so it is the first of them that is surely there. Then the machine's own
 * (whose keys may be of China or GovCloud), and at last the partition's home. STS is asked at its regional hosts: what they
 * give out is good in every region. A server of one's own is another world: the machine's region says nothing of it.
 */
export function homeRegion({ regions = [], endpoint }: AwsOptions, env: Environment): string {
  const sure = regions.find((region) => OPEN_REGIONS.has(region));
  const ofMachine = endpoint === undefined ? (env["AWS_REGION"] ?? "") || (env["AWS_DEFAULT_REGION"] ?? "") : "";
  const partition = partitionOf(regions[0] ?? ofMachine);
  const isOfPartition = ofMachine !== "" && partitionOf(ofMachine).id === partition.id;
  return sure ?? (isOfPartition ? ofMachine : partition.homeRegion);
}
