import { expect, test } from "vitest";
import { checkEksServer } from "./check-eks-server.ts";

const ID = "1ED8CF87E85BAC814C59D3732AD51E33";
const LOCAL = "http://127.0.0.1:4566";

const check = (server: string, region: string, eksEndpoint?: string): string =>
  checkEksServer(server, { clusterId: `aws/1/${region}/c`, region, eksEndpoint });

test.each([
  [`https://${ID}.gr7.eu-west-1.eks.amazonaws.com`, "eu-west-1"],
  [`https://${ID}.sk1.eu-west-1.eks.amazonaws.com/`, "eu-west-1"],
  [`https://${ID}.gr7.eks.eu-west-1.amazonaws.com`, "eu-west-1"],
  [`https://${ID}.gr7.eks-cluster.eu-west-1.api.aws`, "eu-west-1"],
  [`https://${ID}.sk1.eks-cluster.us-east-1.api.aws`, "us-east-1"],
  [`https://${ID}.yl4.cn-north-1.eks.amazonaws.com.cn`, "cn-north-1"],
  [`https://${ID}.yl4.eks-cluster.cn-north-1.api.amazonwebservices.com.cn`, "cn-north-1"],
  [`https://${ID}.gr7.us-gov-west-1.eks.amazonaws.com`, "us-gov-west-1"],
  [`https://${ID}.gr7.us-iso-east-1.eks.c2s.ic.gov`, "us-iso-east-1"],
  [`https://${ID}.gr7.eusc-de-east-1.eks.amazonaws.eu`, "eusc-de-east-1"],
])("%s is a server of EKS in %s", (server, region) => {
  expect(check(server, region)).toBe(server);
});

test.each(["http://127.0.0.1:8001", "http://localhost:8001", "https://[::1]:8001"])(
  "%s may be a cluster's where EKS itself is on this machine, and nowhere else",
  (server) => {
    expect(check(server, "eu-west-1", LOCAL)).toBe(server);
    for (const endpoint of [undefined, "https://eks.example", "https://localhost.example"]) {
      expect(() => check(server, "eu-west-1", endpoint)).toThrow(new URL(server).host);
    }
  },
);

test.each([
  ["https://evil.example.com", /evil\.example\.com/],
  [`http://${ID}.gr7.eu-west-1.eks.amazonaws.com`, /http:/],
  [`https://${ID}.gr7.eu-west-1.eks.amazonaws.com.evil.example`, /evil\.example/],
  [`https://eks.amazonaws.com.evil.example/.eks.amazonaws.com`, /evil\.example/],
  [`https://${ID}.yl4.cn-north-1.eks.amazonaws.com.cn`, /amazonaws\.com\.cn/],
  ["https://evileks.amazonaws.com", /evileks/],
  // Names that customers have under AWS's own domains.
  ["https://eks.s3.eu-west-1.amazonaws.com", /s3/],
  ["https://x.eks.s3.amazonaws.com", /s3/],
  ["https://k8s-1234.elb.eu-west-1.amazonaws.com", /elb/],
  [`https://${ID}.execute-api.eu-west-1.api.aws`, /execute-api/],
  [`https://${ID}.gr7.eu-west-1.api.aws`, /eu-west-1/],
  [`https://${ID}.gr7.eks-cluster.eu-central-1.api.aws`, /eu-central-1/],
  [`https://user:CANARY@${ID}.gr7.eu-west-1.eks.amazonaws.com`, /eks/],
  [`https://${ID}.gr7.eu-west-1.eks.amazonaws.com/?CANARY`, /eks/],
  ["file:///etc/passwd", /file:/],
  ["evil", /no URL/],
])("no token is sent to %s, whatever EKS is said to be", (server, told) => {
  for (const endpoint of [undefined, LOCAL]) {
    expect(() => check(server, "eu-west-1", endpoint)).toThrow(told);
    expect(() => check(server, "eu-west-1", endpoint)).toThrow(/expected https and a name of EKS/);
    expect(() => check(server, "eu-west-1", endpoint)).not.toThrow(/CANARY/);
  }
});
