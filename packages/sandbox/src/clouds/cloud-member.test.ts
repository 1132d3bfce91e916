import fc from "fast-check";
import { parseClusterId } from "@flotilla/core";
import { expect, test } from "vitest";
import { cloudMembers } from "./cloud-member.ts";
import { CLOUD_SITES } from "./cloud-site.ts";

const clusters = fc.integer({ min: 1, max: 60 });
const seed = fc.integer({ min: 0, max: 2 ** 31 - 1 });

test("nine clusters are three clouds in three regions each, with one degraded and one tainted", () => {
  const members = cloudMembers({ clusters: 9 });
  const places = members.map(({ site }) => `${site.cloud} ${site.region}`);
  expect(new Set(places).size).toBe(9);
  for (const cloud of ["aws", "gcp", "azure"])
    expect(places.filter((place) => place.startsWith(cloud))).toHaveLength(3);
  expect(members.filter(({ isDegraded }) => isDegraded)).toHaveLength(1);
  expect(members.filter(({ taints }) => taints !== undefined)).toHaveLength(1);
});

test("however many there are, each has an id of its own that says where it is", () => {
  fc.assert(
    fc.property(clusters, (count) => {
      const members = cloudMembers({ clusters: count });
      expect(new Set(members.map(({ id }) => id)).size).toBe(count);
      for (const { id, name, site } of members) {
        expect(parseClusterId(id)).toMatchObject({ provider: site.cloud, name });
      }
    }),
  );
});

test("a seed draws the same fleet every time, within a tenth of the usual prices and never smaller", () => {
  fc.assert(
    fc.property(clusters, seed, (count, drawn) => {
      const members = cloudMembers({ clusters: count, seed: drawn });
      expect(cloudMembers({ clusters: count, seed: drawn })).toEqual(members);
      for (const { site, nodes } of members) {
        const usual = CLOUD_SITES.find(({ cloud, region }) => cloud === site.cloud && region === site.region);
        if (usual === undefined) throw new Error(`${site.region} is no place of the sandbox`);
        expect(Math.abs(site.machine.perHour / usual.machine.perHour - 1)).toBeLessThanOrEqual(0.101);
        expect(nodes).toBeGreaterThanOrEqual(usual.nodes);
        expect(nodes).toBeLessThan(usual.nodes + 3);
      }
    }),
  );
  expect(cloudMembers({ clusters: 9, seed: 1 })).not.toEqual(cloudMembers({ clusters: 9, seed: 2 }));
});
