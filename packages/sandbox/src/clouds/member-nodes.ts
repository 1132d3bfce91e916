import type { FakeNode } from "@flotilla/testing";
import { fakeNodes } from "../fake-nodes.ts";
import type { CloudMember } from "./cloud-member.ts";

/** The nodes of a member, as many and as large as its place says. */
export function memberNodes({ name, site, nodes }: CloudMember): readonly FakeNode[] {
  const { cloud, region, zones, machine } = site;
  const { instanceType, cpu, memory } = machine;
  return fakeNodes({ name, cloud, region, pools: [{ instanceType, nodes, cpu, memory, zones }] });
}
