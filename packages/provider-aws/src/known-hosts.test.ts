import { expect, test } from "vitest";
import { hostsOf } from "./known-hosts.ts";
import { partitionOf } from "./partition.ts";

test.each([
  ["eks.eu-west-1.amazonaws.com", true],
  ["eks.eu-west-1.api.aws", true],
  ["eks.cn-north-1.amazonaws.com.cn", true],
  ["sts.eusc-de-east-1.amazonaws.eu", true],
  ["127.0.0.1:4566", true],
  ["127.0.0.1:4567", false],
  ["127.0.0.1", false],
  ["sts.override.example:8443", true],
  ["amazonaws.com.evil.example", false],
  ["evil-amazonaws.com", false],
  ["eks.eu-west-1.amazonaws.com.evil.example", false],
  ["eks.eu-west-1.amazonaws.com:8443", false],
])("%s may get a signed request: %s", (host, isKnown) => {
  const known = hostsOf({ endpoint: "http://127.0.0.1:4566", endpoints: { sts: "https://sts.override.example:8443" } });
  expect(known(host)).toBe(isKnown);
});

test.each([
  ["eu-west-1", "aws", "us-east-1"],
  ["cn-north-1", "aws-cn", "cn-northwest-1"],
  ["us-gov-west-1", "aws-us-gov", "us-gov-west-1"],
  ["us-iso-east-1", "aws-iso", "us-iso-east-1"],
  ["us-isob-east-1", "aws-iso-b", "us-isob-east-1"],
])("%s is in %s", (region, id, homeRegion) => {
  expect(partitionOf(region)).toMatchObject({ id, homeRegion });
});
