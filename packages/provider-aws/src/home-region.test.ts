import { expect, test } from "vitest";
import { homeRegion } from "./home-region.ts";

test.each([
  [{ regions: ["eu-west-1", "us-east-1"] }, { AWS_REGION: "eu-north-1" }, "eu-west-1"],
  // A wrong name, and a region that the account may not have opted into, must not cost the others.
  [{ regions: ["mars-north-1", "af-south-1", "eu-west-1"] }, { AWS_REGION: "eu-north-1" }, "eu-west-1"],
  [{ regions: ["mars-north-1"] }, {}, "us-east-1"],
  [{ regions: ["me-central-1"] }, { AWS_REGION: "me-central-1" }, "me-central-1"],
  [{ regions: ["us-gov-mars-1"] }, { AWS_REGION: "eu-west-1" }, "us-gov-west-1"],
  [{ regions: ["cn-north-2"] }, {}, "cn-north-1"],
  [{ regions: ["cn-northwest-1"] }, { AWS_REGION: "eu-north-1" }, "cn-northwest-1"],
  [{}, { AWS_REGION: "cn-north-1", AWS_DEFAULT_REGION: "eu-north-1" }, "cn-north-1"],
  [{}, { AWS_REGION: "", AWS_DEFAULT_REGION: "us-gov-west-1" }, "us-gov-west-1"],
  [{}, {}, "us-east-1"],
  // A server of one's own is another world: the machine's region says nothing of it.
  [{ endpoint: "http://127.0.0.1:4566" }, { AWS_REGION: "cn-north-1" }, "us-east-1"],
])("with %j and %j, what concerns a whole partition is asked in %s", (options, env, region) => {
  expect(homeRegion(options, env)).toBe(region);
});
