import { aFleet, aMember } from "@flotilla/testing";
import { expect, test } from "vitest";
import { aDocument } from "../../test-support/embedded-fleet.ts";
import { aWeb } from "../../test-support/some-manifests.ts";
import { DEFAULT_PLACEMENT } from "../policy/default-placement.ts";
import type { PlacementPolicy } from "../policy/placement-policy.ts";
import { decide } from "./decide.ts";
import { groupStream } from "./group-stream.ts";
import { readManifests } from "./manifest.ts";

test("a DaemonSet of one policy has its place on every node before what another policy brings", () => {
  const containers = [{ name: "agent", image: "agent", resources: { requests: { cpu: "1500m" } } }];
  const agent = aDocument({
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "agent", namespace: "shop" },
    spec: { selector: { matchLabels: { app: "agent" } }, template: { metadata: {}, spec: { containers } } },
  });
  const first: PlacementPolicy = {
    kind: "PlacementPolicy",
    name: "agents",
    namespace: "shop",
    spec: { ...DEFAULT_PLACEMENT, workloads: [{ apiVersion: "apps/v1", kind: "DaemonSet" }] },
  };
  const manifests = readManifests([aWeb({ replicas: 9, cpu: "1" }), agent]);
  const { units } = decide({
    stream: groupStream(manifests, { placements: [first], overrides: [] }),
    snapshot: aFleet(aMember({ id: "a", name: "a" }, [{ nodes: 3 }])),
    known: new Map(),
    unreachable: new Set(),
    lost: new Set(),
    scores: [],
  });
  // 2.5 of 4 CPU are left on each of three nodes.
  expect([...units.values()].map(({ ref, placements }) => [ref.name, placements])).toMatchObject([
    ["web", [{ cluster: "a", replicas: 6 }]],
    ["agent", [{ cluster: "a", replicas: 1 }]],
  ]);
});
