import fc from "fast-check";
import { expect, test } from "vitest";
import { endpointAccess } from "./endpoint-access.ts";
import { formatPrefix, parsePrefix } from "./ip-prefix.ts";
import { coveringCidrs, mergeCidrs } from "./merge-cidrs.ts";

/** Small enough to write out: prefixes within 10.0.0.0/24. */
const prefix = fc
  .tuple(fc.nat(255), fc.integer({ min: 24, max: 32 }))
  .map(([last, length]) => `10.0.0.${last}/${length}`);

function addresses(cidrs: readonly string[]): Set<bigint> {
  const all = new Set<bigint>();
  for (const { address, length } of cidrs.map(parsePrefix).filter((each) => each !== undefined)) {
    for (let i = 0n; i < 1n << BigInt(32 - length); i++) all.add(address + i);
  }
  return all;
}

test("merged prefixes hold exactly the same addresses, do not touch, and stay when merged again", () => {
  fc.assert(
    fc.property(fc.array(prefix, { maxLength: 12 }), (cidrs) => {
      const merged = mergeCidrs(cidrs);
      expect(addresses(merged)).toEqual(addresses(cidrs));
      expect(mergeCidrs(merged)).toEqual(merged);
      expect(mergeCidrs(cidrs.toReversed())).toEqual(merged);
      const halves = merged
        .map((cidr) => parsePrefix(cidr)!)
        .map(({ address, length }) => `${length} ${address >> BigInt(33 - length)}`);
      expect(new Set(halves).size).toBe(halves.length);
    }),
  );
});

test("pod ranges of nodes become the cluster's", () => {
  const nodes = Array.from({ length: 4 }, (_, index) => `10.244.${index}.0/24`);
  expect(mergeCidrs([...nodes, "fd00:10:244::/64", "fd00:10:244:1::/64", "not a range", "10.244.2.7/32"])).toEqual([
    "10.244.0.0/22",
    "fd00:10:244::/63",
  ]);
});

test("addresses are covered by the smallest range of their area", () => {
  expect(coveringCidrs(["172.16.0.2", "172.16.0.5", "192.168.9.9", "2001:db8::1", "2001:db8::2", "x"])).toEqual([
    "172.16.0.0/29",
    "192.168.9.9/32",
    "2001:db8::/126",
  ]);
  expect(coveringCidrs([])).toEqual([]);
});

test("a prefix reads back as it was written", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      const parsed = parsePrefix(address)!;
      expect(parsePrefix(formatPrefix(parsed))).toEqual(parsed);
    }),
  );
  expect(["10.0.0.0/33", "10.0.0.0/", "::/129", "10.0.0/8", "fe80::1%eth0"].map(parsePrefix)).toEqual(
    Array.from({ length: 5 }, () => undefined),
  );
  expect(formatPrefix(parsePrefix("::ffff:10.1.2.3")!)).toBe("::ffff:a01:203/128");
});

test.each([
  ["https://10.1.2.3:6443", "private"],
  ["https://172.32.0.1", "public"],
  ["https://100.64.1.1", "private"],
  ["https://127.0.0.1:1", "private"],
  ["https://localhost:1", "private"],
  ["https://[fd00::1]:6443", "private"],
  ["https://[2001:db8::1]", "public"],
  ["https://34.1.2.3", "public"],
  ["https://api.example.com", "unknown"],
])("%s is %s", (url, access) => {
  expect(endpointAccess(url)).toBe(access);
});
