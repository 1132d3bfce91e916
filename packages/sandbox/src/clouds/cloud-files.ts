import { toYaml } from "@flotilla/documents";
import type { SandboxCloud } from "../sandbox-member.ts";
import type { CloudMember } from "./cloud-member.ts";
import type { RunningCloud } from "./running-cloud.ts";

/** The configuration of the fleet: the three providers at the emulators' addresses. Holds no secret. */
export function cloudConfigFile(
  clouds: Readonly<Record<SandboxCloud, Pick<RunningCloud, "options">>>,
  members: readonly CloudMember[],
): Promise<string> {
  const names: readonly SandboxCloud[] = ["aws", "gcp", "azure"];
  const corrections = members.flatMap(({ name, taints }) =>
    taints === undefined ? [] : [{ clusters: { names: [name] }, taints }],
  );
  return toYaml({
    apiVersion: "flotilla.dev/v1alpha1",
    kind: "Config",
    metadata: { name: "sandbox" },
    spec: {
      providers: names.map((name) => ({ use: `@flotilla/provider-${name}`, name, options: clouds[name].options })),
      ...(corrections.length === 0 ? {} : { clusters: corrections }),
    },
  });
}
