import { isIP } from "node:net";

/** A range of addresses as a number, so that prefixes can be compared and merged. */
export interface IpPrefix {
  readonly bits: 32 | 128;
  readonly address: bigint;
  readonly length: number;
}

/** Reads `10.0.0.0/8` or a bare address; bits behind the prefix are cleared. `undefined` for anything else. */
export function parsePrefix(text: string): IpPrefix | undefined {
  const [host = "", suffix] = text.split("/", 2);
  const family = isIP(host);
  if (family === 0 || host.includes("%")) return undefined;
  const bits = family === 4 ? 32 : 128;
  const length = suffix === undefined ? bits : /^\d{1,3}$/.test(suffix) ? Number(suffix) : -1;
  if (length < 0 || length > bits) return undefined;
  return truncate({ bits, address: family === 4 ? ipv4(host) : ipv6(host), length }, length);
}

/** The same prefix with only its first `length` bits. */
export function truncate(prefix: IpPrefix, length: number): IpPrefix {
  const rest = BigInt(prefix.bits - length);
  return { bits: prefix.bits, address: (prefix.address >> rest) << rest, length };
}

export function formatPrefix({ bits, address, length }: IpPrefix): string {
  const width = bits === 32 ? 8n : 16n;
  const parts = Array.from({ length: bits === 32 ? 4 : 8 }, (_, index) => {
    const shift = BigInt(bits) - width * BigInt(index + 1);
    return (address >> shift) & ((1n << width) - 1n);
  });
  if (bits === 32) return `${parts.join(".")}/${length}`;
  // The URL parser writes IPv6 as RFC 5952 asks.
  const host = new URL(`http://[${parts.map((part) => part.toString(16)).join(":")}]`).hostname.slice(1, -1);
  return `${host}/${length}`;
}

function ipv4(host: string): bigint {
  return host.split(".").reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function ipv6(host: string): bigint {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(host);
  const text = tail === null ? host : `${tail[1]}${hexPair(ipv4(tail[2] ?? ""))}`;
  const [left = "", right] = text.split("::", 2);
  const head = groups(left);
  const end = right === undefined ? [] : groups(right);
  const zeros = Array.from({ length: 8 - head.length - end.length }, () => 0n);
  return [...head, ...zeros, ...end].reduce((sum, group) => (sum << 16n) | group, 0n);
}

function hexPair(address: bigint): string {
  return `${(address >> 16n).toString(16)}:${(address & 0xffffn).toString(16)}`;
}

function groups(text: string): readonly bigint[] {
  return text === "" ? [] : text.split(":").map((group) => BigInt(`0x${group}`));
}
