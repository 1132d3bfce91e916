import { digestOf } from "@flotilla/core";
import { UsageError } from "../input/usage-error.ts";
import { readConfig, type ReadConfig } from "./read-config.ts";

/** Where the fleet comes from, as the command line says it. */
export interface FleetOptions {
  readonly config?: string;
  readonly context?: readonly string[];
}

/** The name of the provider over the user's own kubeconfig: the same as an unnamed `use: "@flotilla/kube"` gets. */
const DEFAULT_PROVIDER = "kube";

/**
 * The configuration of this call: the given file, or `FLOTILLA_CONFIG`; without one the contexts of the user's kubeconfig
 * are the fleet. What changes clusters then needs `--context`, so that nobody changes production by accident.
 *
 * @throws UsageError, InputError
 */
export async function resolveConfig(
  options: FleetOptions,
  deps: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
  purpose: "read" | "change",
): Promise<ReadConfig> {
  const contexts = [...new Set(options.context ?? [])].sort();
  const file = options.config ?? (contexts.length === 0 ? nonEmpty(deps.env["FLOTILLA_CONFIG"]) : undefined);
  if (file === "")
    throw new UsageError('--config "": expected the name of a file (is a variable of your shell empty?)');
  if (file !== undefined) {
    if (contexts.length > 0)
      throw new UsageError("--config and --context cannot go together: list the contexts in the configuration");
    return readConfig(file, deps.cwd);
  }
  if (contexts.length === 0 && purpose === "change") {
    throw new UsageError(
      "this changes clusters: say which, with --config FILE or --context NAME (every context of your kubeconfig is never meant)",
    );
  }
  return {
    fleet: "",
    file: null,
    providers: [
      {
        use: "@flotilla/kube",
        name: DEFAULT_PROVIDER,
        options: contexts.length === 0 ? {} : { contexts },
        baseDir: deps.cwd,
      },
    ],
    priceLists: [],
    adjust: (cluster) => cluster,
    namedClusters: [],
    digest: digestOf(["kubeconfig", contexts]),
  };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
