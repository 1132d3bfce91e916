import { expect, test } from "vitest";
import { hostsOf } from "./known-hosts.ts";
import { partitionOf } from "./partition.ts";

test.each([
  ["eks.eu-west-1.amazonaws.com", true],
  ["eks.eu-west-1.api.aws", true],
  ["eks.cn-north-1.amazonaws.com.cn", true],
  ["sts.eusc-de-east-1.amazonaws.eu", true],
  ["eks.eusc-de-east-1.api.amazonwebservices.eu", true],
  ["eks.eu-isoe-west-1.cloud.adc-e.uk", true],
  ["eks.us-isof-south-1.csp.hci.ic.gov", true],
  ["eu-west-1.signin.aws.amazon.com", true],
  ["signin.aws.amazon.com.evil.example", false],
  ["aws.amazon.com", false],
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
  ["eu-west-1", "aws"],
  ["cn-north-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
  ["us-iso-east-1", "aws-iso"],
  ["us-isob-east-1", "aws-iso-b"],
  ["eu-isoe-west-1", "aws-iso-e"],
  ["us-isof-east-1", "aws-iso-f"],
  ["eusc-de-east-1", "aws-eusc"],
  ["xx-nowhere-1", "aws"],
])("%s is in %s", (region, id) => {
  expect(partitionOf(region).id).toBe(id);
});
