import { formatClusterId, type CloudProvider } from "@flotilla/core";
import { flotillaProvider } from "@flotilla/kube";
import { cloudProviderConformance, conformanceTitle } from "@flotilla/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_MEMBERS } from "./default-members.ts";
import { startFleetSandbox, type FleetSandbox } from "./start-fleet-sandbox.ts";

let sandbox: FleetSandbox;
beforeAll(async () => {
  sandbox = await startFleetSandbox({ members: DEFAULT_MEMBERS.slice(0, 3) });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

function create(): Promise<CloudProvider> {
  const options = { kubeconfig: sandbox.kubeconfigPath };
  return flotillaProvider.create({ name: "sandbox", options, env: {}, baseDir: sandbox.folder });
}

describe("the kubeconfig provider on emulated clusters", () => {
  const absent = { id: formatClusterId({ provider: "kubeconfig", scope: "sandbox", group: "-", name: "nowhere" }) };
  for (const { name, skip, run } of cloudProviderConformance({ create, capabilities: [], absent })) {
    test.skipIf(skip !== undefined)(conformanceTitle({ name, skip }), ({ signal }) => run({ signal }));
  }
});

test("a member that is dead stays in the list, with its problem", async ({ signal }) => {
  await sandbox.kill("aws-dublin");
  const events = await Array.fromAsync((await create()).discovery.discover({}, { signal }));
  await sandbox.revive("aws-dublin");
  const found = events.flatMap((event) =>
    event.type === "cluster" ? [[event.cluster.name, event.cluster.problem?.kind] as const] : [],
  );
  expect(Object.fromEntries(found)).toEqual({
    "aws-dublin": "transient",
    "gcp-eemshaven": undefined,
    "azure-amsterdam": undefined,
  });
});
