import { expect, test } from "vitest";
import { mintEksToken } from "./eks-token.ts";

const NOW_MS = Date.UTC(2026, 0, 15, 9, 30, 0);
/** AWS's own published example keys; they open nothing. */
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const LONG_TERM = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: SECRET };
const SESSION = {
  accessKeyId: "ASIAIOSFODNN7EXAMPLE",
  secretAccessKey: SECRET,
  sessionToken: "IQoJb3JpZ2luX2VjEXAMPLE+/token==",
};

// Made by botocore's RequestSigner, as `aws eks get-token` does, at the same moment with the same keys.
test.each([
  [
    LONG_TERM,
    "k8s-aws-v1.aHR0cHM6Ly9zdHMuZXUtd2VzdC0xLmFtYXpvbmF3cy5jb20vP0FjdGlvbj1HZXRDYWxsZXJJZGVudGl0eSZWZXJzaW9uPTIwMTEtMDYtMTUmWC1BbXotQWxnb3JpdGhtPUFXUzQtSE1BQy1TSEEyNTYmWC1BbXotQ3JlZGVudGlhbD1BS0lBSU9TRk9ETk43RVhBTVBMRSUyRjIwMjYwMTE1JTJGZXUtd2VzdC0xJTJGc3RzJTJGYXdzNF9yZXF1ZXN0JlgtQW16LURhdGU9MjAyNjAxMTVUMDkzMDAwWiZYLUFtei1FeHBpcmVzPTYwJlgtQW16LVNpZ25lZEhlYWRlcnM9aG9zdCUzQngtazhzLWF3cy1pZCZYLUFtei1TaWduYXR1cmU9MDBiODMwZGRjMDFiNzFmMWVkNjVhOTAyODU3Y2Q5NTBlZGM5NDk2YzUxMjg2OGY4MjY4OGRlZmZlZmU4NTQ5Zg",
  ],
  [
    SESSION,
    "k8s-aws-v1.aHR0cHM6Ly9zdHMuZXUtd2VzdC0xLmFtYXpvbmF3cy5jb20vP0FjdGlvbj1HZXRDYWxsZXJJZGVudGl0eSZWZXJzaW9uPTIwMTEtMDYtMTUmWC1BbXotQWxnb3JpdGhtPUFXUzQtSE1BQy1TSEEyNTYmWC1BbXotQ3JlZGVudGlhbD1BU0lBSU9TRk9ETk43RVhBTVBMRSUyRjIwMjYwMTE1JTJGZXUtd2VzdC0xJTJGc3RzJTJGYXdzNF9yZXF1ZXN0JlgtQW16LURhdGU9MjAyNjAxMTVUMDkzMDAwWiZYLUFtei1FeHBpcmVzPTYwJlgtQW16LVNpZ25lZEhlYWRlcnM9aG9zdCUzQngtazhzLWF3cy1pZCZYLUFtei1TZWN1cml0eS1Ub2tlbj1JUW9KYjNKcFoybHVYMlZqRVhBTVBMRSUyQiUyRnRva2VuJTNEJTNEJlgtQW16LVNpZ25hdHVyZT1iNjRjMjNmNWNjYmE2MTIwMjA0YjcyMzkxZTc4Mjc2YjA4Y2I3NTIyZjAyY2VhNTFlN2NjNjk5NjI2OTE1MTU1",
  ],
])("the token is byte for byte botocore's", async (keys, golden) => {
  const token = await mintEksToken({ clusterName: "prod", region: "eu-west-1", keys, nowMs: NOW_MS });
  expect(token.value).toBe(golden);
});

test("it is good for less than the server's fifteen minutes, and no longer than the keys", async () => {
  const token = await mintEksToken({ clusterName: "prod", region: "eu-west-1", keys: LONG_TERM, nowMs: NOW_MS });
  expect(token.expiresAtMs).toBeGreaterThan(NOW_MS + 12 * 60_000);
  expect(token.expiresAtMs).toBeLessThan(NOW_MS + 15 * 60_000);
  const expiration = new Date(NOW_MS + 60_000);
  const short = await mintEksToken({
    clusterName: "prod",
    region: "eu-west-1",
    keys: { ...SESSION, expiration },
    nowMs: NOW_MS,
  });
  expect(short.expiresAtMs).toBe(NOW_MS + 60_000);
});

test.each([
  ["eu-west-1", "sts.eu-west-1.amazonaws.com"],
  ["cn-north-1", "sts.cn-north-1.amazonaws.com.cn"],
  ["us-gov-west-1", "sts.us-gov-west-1.amazonaws.com"],
  ["eusc-de-east-1", "sts.eusc-de-east-1.amazonaws.eu"],
  ["eu-isoe-west-1", "sts.eu-isoe-west-1.cloud.adc-e.uk"],
])("in %s it names %s and signs the cluster's name", async (region, host) => {
  const { value } = await mintEksToken({ clusterName: "prod", region, keys: LONG_TERM, nowMs: NOW_MS });
  const url = new URL(Buffer.from(value.replace("k8s-aws-v1.", ""), "base64url").toString());
  expect([url.protocol, url.host, url.pathname]).toEqual(["https:", host, "/"]);
  expect(url.searchParams.get("X-Amz-SignedHeaders")).toBe("host;x-k8s-aws-id");
  expect(value).not.toContain("=");
});
