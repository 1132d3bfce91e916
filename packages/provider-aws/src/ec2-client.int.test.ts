import { createCallPolicy, systemClock, systemRandom } from "@flotilla/core";
import { startEmulator } from "@flotilla/testing";
import { expect, test } from "vitest";
import { type Ec2Client, openEc2Client } from "./ec2-client.ts";
import { openSession } from "./open-session.ts";

async function reading<T>(body: string, read: (ec2: Ec2Client) => Promise<T>): Promise<T> {
  await using server = await startEmulator("one answer", () => ({
    describe: () => ({ action: "", scope: "", region: "", caller: "" }),
    answer: () => ({ status: 200, headers: { "content-type": "text/xml" }, body }),
    failure: () => ({ status: 500, body: "" }),
  }));
  const session = await openSession(
    { endpoint: server.url },
    {
      env: {},
      clock: systemClock,
      policy: createCallPolicy({ clock: systemClock, random: systemRandom }, { attemptsMax: 1 }),
      credentials: async () => ({ accessKeyId: "AKIAEXAMPLE", secretAccessKey: "none" }),
    },
  );
  return await read(await openEc2Client(session, { region: "eu-west-1" }));
}

const signal = AbortSignal.timeout(20_000);
const range = (tag: string, name: string, cidr: string, state: string): string =>
  `<item><${name}>${cidr}</${name}><${tag}><state>${state}</state></${tag}></item>`;

test("a VPC's ranges are those in use, of both families; what was taken away is left out", async () => {
  const ipv4 = (cidr: string, state: string) => range("cidrBlockState", "cidrBlock", cidr, state);
  const ipv6 = (cidr: string, state: string) => range("ipv6CidrBlockState", "ipv6CidrBlock", cidr, state);
  const body = `<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-1</vpcId><cidrBlock>10.0.0.0/16</cidrBlock>
    <cidrBlockAssociationSet>${ipv4("10.0.0.0/16", "associated")}${ipv4("100.64.0.0/16", "associated")}${ipv4("10.9.0.0/16", "disassociated")}</cidrBlockAssociationSet>
    <ipv6CidrBlockAssociationSet>${ipv6("2600:1f16::/56", "associated")}${ipv6("2600:1f17::/56", "disassociating")}</ipv6CidrBlockAssociationSet>
  </item></vpcSet></DescribeVpcsResponse>`;
  const ranges = await reading(body, (ec2) => ec2.listVpcCidrs({ signal }));
  expect(ranges.get("vpc-1")).toEqual(["10.0.0.0/16", "100.64.0.0/16", "2600:1f16::/56"]);
});

test("a subnet of IPv6 alone has that range", async () => {
  const state = "<ipv6CidrBlockState><state>associated</state></ipv6CidrBlockState>";
  const body = `<DescribeSubnetsResponse><subnetSet><item><subnetId>subnet-1</subnetId><availabilityZone>eu-west-1a</availabilityZone>
    <ipv6CidrBlockAssociationSet><item><ipv6CidrBlock>2600:1f16:0:1::/64</ipv6CidrBlock>${state}</item></ipv6CidrBlockAssociationSet>
  </item></subnetSet></DescribeSubnetsResponse>`;
  expect(await reading(body, (ec2) => ec2.listSubnets({ signal }))).toEqual([
    { id: "subnet-1", zone: "eu-west-1a", cidrs: ["2600:1f16:0:1::/64"] },
  ]);
});
