/** `$0.0123`: micro-USD as dollars, with as many digits as a price per replica and hour needs. */
export function formatReplicaPrice(microUsd: number): string {
  const usd = microUsd / 1_000_000;
  if (usd === 0) return "$0";
  return `$${usd >= 0.01 ? usd.toFixed(4) : usd.toPrecision(3)}`;
}
