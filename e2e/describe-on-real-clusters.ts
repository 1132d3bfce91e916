import { afterAll, beforeAll, describe } from "vitest";
import { type RealClusters, type RealClustersOptions, startRealClusters } from "./real-clusters/start-real-clusters.ts";
import { SKIP_VARIABLE } from "./skip-variable.ts";

/** A suite with real clusters of its own, booted before its first test and ended after its last. */
export function describeOnRealClusters(
  name: string,
  options: RealClustersOptions,
  define: (fleet: () => RealClusters) => void,
): void {
  const reason = process.env[SKIP_VARIABLE];
  const title = reason === undefined ? name : `${name} (skipped: ${reason})`;
  describe.skipIf(reason !== undefined)(title, () => {
    let planes: RealClusters | undefined;
    beforeAll(async () => {
      planes = await startRealClusters(options);
    });
    afterAll(async () => {
      await planes?.[Symbol.asyncDispose]();
    });
    define(() => {
      if (planes === undefined) throw new Error("the control planes are not up yet: use them inside tests and hooks");
      return planes;
    });
  });
}
