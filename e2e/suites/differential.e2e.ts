import { randomUUID } from "node:crypto";
import { startApiServer, type ApiServer } from "@flotilla/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeOnRealClusters } from "../describe-on-real-clusters.ts";
import { contestant } from "../differential/contestants.ts";
import { runScenario } from "../differential/run-scenario.ts";
import { SCENARIOS } from "../differential/scenarios/all-scenarios.ts";

const TOKENS = { admin: "differential-admin", viewer: "differential-viewer" };

// The embedded server is what most of our tests run on: here it has to answer as the server does that it stands for.
describeOnRealClusters("the embedded API server answers as the real one", { count: 1, nodes: 3 }, (fleet) => {
  let embedded: ApiServer | undefined;
  beforeAll(async () => {
    const nodes = [1, 2, 3].map((index) => ({ name: `n${index}`, cpu: "4", memory: "16Gi" }));
    const tokens = {
      [TOKENS.admin]: { name: "admin-by-token", groups: ["system:masters"] },
      [TOKENS.viewer]: { name: "viewer", groups: [] },
    };
    embedded = await startApiServer({ name: "differential", nodes, tokens });
  });
  afterAll(() => embedded?.close());

  test.each(SCENARIOS)("$name", async (scenario) => {
    const [real] = fleet().clusters;
    if (real === undefined || embedded === undefined) throw new Error("a server is missing");
    const namespace = `d-${randomUUID().slice(0, 8)}`;
    const [expected, actual] = await Promise.all([
      runScenario(scenario, namespace, contestant(real)),
      runScenario(scenario, namespace, contestant({ url: embedded.url, caPem: embedded.caPem, tokens: TOKENS })),
    ]);
    // Softly, so that one run tells every step that differs.
    for (const [index, outcome] of expected.entries()) expect.soft(actual[index]).toEqual(outcome);
  });
});
