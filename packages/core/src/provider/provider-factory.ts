import type { Document, DocumentPath } from "../document/document.ts";
import type { CloudProvider } from "./cloud-provider.ts";

/**
 * What a provider's package exports as `flotillaProvider`, so that a configuration can name the package and nobody needs a
 * list of providers: `(await import(use)).flotillaProvider`. Importing the package is cheap; `create` loads what it needs.
 */
export interface ProviderFactory {
  /** JSON Schema of `options`, for the generated schema of the configuration. Loads the schema library, hence a promise. */
  optionsJsonSchema(): Promise<unknown>;
  /** Checks the options and builds the provider. No network, no reading of credentials. @throws InputError */
  create(input: ProviderFactoryInput): Promise<CloudProvider>;
}

/** What a configuration says about one provider, and where it says it. */
export interface ProviderFactoryInput {
  /** The instance's name in the configuration. */
  readonly name: string;
  /** What stands under `options`, as read; `undefined` when absent. */
  readonly options: unknown;
  /** Where the options stand, so that problems have a position; absent when they come from code. */
  readonly source?: { readonly document: Document; readonly path: DocumentPath };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths in options are relative to this folder: the configuration file's own, absolute. */
  readonly baseDir: string;
  /** `true` in the command line: the known credential helpers of a kubeconfig may be run from the PATH. Default `false`. */
  readonly interactive?: boolean;
}
