import { expect, test } from "vitest";
import { networkFinder } from "./cluster-network.ts";

const GROUP = "/subscriptions/s/resourcegroups/mc_g_c_r/providers/microsoft.network/virtualnetworks";

test("a list of ranges goes before the single one of old versions", () => {
  const dual = { podCidr: "10.1.0.0/16", podCidrs: ["10.1.0.0/16", "fd00::/64"], serviceCidr: "10.0.0.0/16" };
  expect(networkFinder([])({ networkProfile: dual })).toEqual({
    id: null,
    cidrs: [],
    podCidrs: ["10.1.0.0/16", "fd00::/64"],
    serviceCidrs: ["10.0.0.0/16"],
  });
});

test("of several networks in the group that AKS keeps none is taken", () => {
  const cluster = { nodeResourceGroup: "MC_g_c_r" };
  const one = { id: `${GROUP}/a`, cidrs: ["10.224.0.0/12"] };
  expect(networkFinder([one])(cluster)).toMatchObject(one);
  expect(networkFinder([one, { ...one, id: `${GROUP}/b` }])(cluster)).toMatchObject({ id: null, cidrs: [] });
});
