import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { RealClusters } from "../real-clusters/start-real-clusters.ts";
import { createFlotilla, type Flotilla } from "./flotilla-command.ts";
import { writeConfiguration } from "./job-files.ts";

/** A user at work: a folder with a configuration of a real fleet, and the command. */
export interface Job extends AsyncDisposable {
  readonly folder: string;
  readonly flotilla: Flotilla;
  /** `--config` and its file. */
  readonly config: readonly string[];
}

export async function startJob(planes: RealClusters): Promise<Job> {
  const folder = await mkdtemp(path.join(tmpdir(), "flotilla-job-"));
  const file = await writeConfiguration(folder, planes.kubeconfigPath);
  return {
    folder,
    flotilla: createFlotilla(folder),
    config: ["--config", file],
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The id of a cluster of the suites' configuration. */
export function idOf(name: string): string {
  return `kubeconfig/real/-/${name}`;
}
