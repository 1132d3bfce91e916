import { afterAll, beforeAll, describe } from "vitest";
import type { ControlPlanes, ControlPlanesOptions } from "./control-planes/control-plane.ts";
import { startControlPlanes } from "./control-planes/start-control-planes.ts";
import { SKIP_VARIABLE } from "./skip-variable.ts";

/** A suite with real clusters of its own, booted before its first test and ended after its last. */
export function describeOnRealClusters(
  name: string,
  options: ControlPlanesOptions,
  define: (fleet: () => ControlPlanes) => void,
): void {
  const reason = process.env[SKIP_VARIABLE];
  const title = reason === undefined ? name : `${name} (skipped: ${reason})`;
  describe.skipIf(reason !== undefined)(title, () => {
    let planes: ControlPlanes | undefined;
    beforeAll(async () => {
      planes = await startControlPlanes(options);
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
