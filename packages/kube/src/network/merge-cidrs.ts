import { formatPrefix, parsePrefix, truncate, type IpPrefix } from "./ip-prefix.ts";

/**
 * The fewest prefixes that hold exactly the same addresses: what lies inside another goes, and two halves of a range become
 * the range. Sorted by family and address. What is no prefix is left out.
 */
export function mergeCidrs(cidrs: readonly string[]): readonly string[] {
  const sorted = cidrs
    .map(parsePrefix)
    .filter((prefix) => prefix !== undefined)
    .toSorted(compare);
  const merged: IpPrefix[] = [];
  for (const prefix of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && contains(last, prefix)) continue;
    merged.push(prefix);
    joinHalves(merged);
  }
  return merged.map(formatPrefix);
}

/**
 * The smallest prefixes that hold the given addresses: one per IPv4 /16 and IPv6 /64, so that two far networks do not become one
 * that covers half of the world. A lower bound of the network that the addresses are in.
 */
export function coveringCidrs(addresses: readonly string[]): readonly string[] {
  const prefixes = addresses.map(parsePrefix).filter((prefix) => prefix !== undefined);
  const areas = Map.groupBy(prefixes, (prefix) => formatPrefix(truncate(prefix, prefix.bits === 32 ? 16 : 64)));
  return mergeCidrs([...areas.values()].map((area) => formatPrefix(area.reduce(common))));
}

function common(a: IpPrefix, b: IpPrefix): IpPrefix {
  let length = Math.min(a.length, b.length);
  while (truncate(a, length).address !== truncate(b, length).address) length -= 1;
  return truncate(a, length);
}

function joinHalves(merged: IpPrefix[]): void {
  for (;;) {
    const [low, high] = merged.slice(-2);
    if (low === undefined || high === undefined || low.bits !== high.bits || low.length !== high.length) return;
    const whole = low.length === 0 ? undefined : truncate(low, low.length - 1);
    if (whole === undefined || low.address === high.address || truncate(high, whole.length).address !== whole.address)
      return;
    merged.splice(-2, 2, whole);
  }
}

function contains(outer: IpPrefix, inner: IpPrefix): boolean {
  return (
    outer.bits === inner.bits && outer.length <= inner.length && truncate(inner, outer.length).address === outer.address
  );
}

function compare(a: IpPrefix, b: IpPrefix): number {
  if (a.bits !== b.bits) return a.bits - b.bits;
  if (a.address !== b.address) return a.address < b.address ? -1 : 1;
  return a.length - b.length;
}
