/** Where a cluster pretends to run: what its nodes' labels and providerIDs say. */
export interface Place {
  /** The cluster's and its context's name. */
  readonly name: string;
  readonly provider: "aws" | "gcp" | "azure";
  readonly region: string;
  readonly zones: readonly string[];
  readonly instanceType: string;
  readonly cpu: string;
  readonly memory: string;
}

/** Instance sizes as their clouds publish them; zone names in each cloud's own notation. */
const PLACES: readonly Place[] = [
  place("virginia", "aws", "us-east-1", ["a", "b", "c"], "m6i.xlarge", "4", "16Gi"),
  place("eemshaven", "gcp", "europe-west4", ["-a", "-b", "-c"], "n2-standard-8", "8", "32Gi"),
  place("hongkong", "azure", "eastasia", ["-1", "-2", "-3"], "Standard_D4s_v5", "4", "16Gi"),
  place("frankfurt", "aws", "eu-central-1", ["a", "b", "c"], "m6i.2xlarge", "8", "32Gi"),
  place("iowa", "gcp", "us-central1", ["-a", "-b", "-f"], "e2-standard-4", "4", "16Gi"),
  place("amsterdam", "azure", "westeurope", ["-1", "-2", "-3"], "Standard_D8s_v5", "8", "32Gi"),
];

/** The place of the nth cluster. The first three are of three clouds; past the list names get a number. */
export function placeOf(index: number): Place {
  const listed = PLACES[index % PLACES.length];
  if (listed === undefined) throw new Error(`a cluster's index is a natural number, not ${index}`);
  const round = Math.floor(index / PLACES.length);
  return round === 0 ? listed : { ...listed, name: `${listed.name}-${round + 1}` };
}

function place(
  name: string,
  provider: Place["provider"],
  region: string,
  suffixes: readonly string[],
  instanceType: string,
  cpu: string,
  memory: string,
): Place {
  return { name, provider, region, zones: suffixes.map((suffix) => region + suffix), instanceType, cpu, memory };
}
