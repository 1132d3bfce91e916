import { expect, test } from "vitest";
import { egressCost } from "./egress.ts";

const GB = 2 ** 30;
const cost = (region: string, usedGb: number, moreGb: number, to?: "zone" | { region: string }) => {
  const price = egressCost({
    region,
    usedBytes: usedGb * GB,
    moreBytes: moreGb * GB,
    ...(to === undefined ? {} : { to }),
  });
  return price.known ? price.microUsd : price.reason;
};

test("the first 100 GB of a month are free, then each band has its rate", () => {
  expect(cost("eu-west-1", 0, 100)).toBe(0);
  expect(cost("eu-west-1", 0, 101)).toBe(90_000);
  expect(cost("eu-west-1", 10_239, 2)).toBe(90_000 + 85_000);
  expect(cost("us-east-1", 51_199, 2)).toBe(85_000 + 70_000);
  expect(cost("us-east-1", 153_599, 2)).toBe(70_000 + 50_000);
  expect(cost("sa-east-1", 200, 1)).toBe(150_000);
});

test("between regions and zones the price is flat and by where it leaves from", () => {
  expect(cost("eu-west-1", 0, 10, { region: "us-east-1" })).toBe(200_000);
  expect(cost("us-east-1", 0, 10, { region: "us-east-2" })).toBe(100_000);
  expect(cost("ap-northeast-1", 0, 1, { region: "us-east-1" })).toBe(90_000);
  expect(cost("eu-west-1", 0, 1, { region: "eu-west-1" })).toBe(0);
  expect(cost("eu-west-1", 0, 1, "zone")).toBe(20_000);
});

test("what the table does not know is unknown, and the rest says how old it is", () => {
  expect(cost("us-gov-west-1", 0, 200)).toContain("us-gov-west-1");
  expect(cost("me-south-1", 0, 1, { region: "eu-west-1" })).toContain("me-south-1");
  expect(egressCost({ region: "eu-west-1", usedBytes: 0, moreBytes: 1 })).toMatchObject({
    source: "aws-fallback-2026-11-01",
  });
});

test("what leaves a partition, or is in another one than the table, is unknown", () => {
  expect(cost("eu-isoe-west-1", 0, 200)).toContain("eu-isoe-west-1");
  expect(cost("eu-west-1", 0, 1, { region: "cn-north-1" })).toContain("to cn-north-1");
  expect(cost("cn-north-1", 0, 1, { region: "cn-northwest-1" })).toContain("cn-north-1");
  expect(cost("cn-north-1", 0, 1, "zone")).toContain("cn-north-1");
});
