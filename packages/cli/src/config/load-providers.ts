import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type CloudProvider, InputError, nearestName, type ProviderFactory } from "@flotilla/core";
import type { ProviderEntry } from "./provider-entry.ts";

/**
 * Imports the modules that the configuration names and builds their providers. Nothing is contacted.
 *
 * @throws InputError for a module that is not there or is no provider, and for bad options
 */
export async function loadProviders(
  entries: readonly ProviderEntry[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly CloudProvider[]> {
  const providers: CloudProvider[] = [];
  for (const entry of entries) {
    const factory = await loadFactory(entry);
    const { name, options, source, baseDir } = entry;
    providers.push(
      await factory.create({
        name,
        options,
        baseDir,
        env,
        interactive: true,
        ...(source === undefined ? {} : { source }),
      }),
    );
  }
  return providers;
}

async function loadFactory(entry: ProviderEntry): Promise<ProviderFactory> {
  const module = await importProvider(entry);
  const factory = module["flotillaProvider"];
  if (isFactory(factory)) return factory;
  throw problemAt(entry, `${entry.use} is no provider: it exports no flotillaProvider`);
}

async function importProvider(entry: ProviderEntry): Promise<Readonly<Record<string, unknown>>> {
  const { use, baseDir } = entry;
  // Only files and packages: a configuration never runs code from a URL.
  if (/^[a-z][a-z0-9+.-]+:/i.test(use)) throw problemAt(entry, `${use}: expected a package or a path`);
  const isPath = use.startsWith(".") || path.isAbsolute(use);
  const specifiers = isPath
    ? [pathToFileURL(path.resolve(baseDir, use)).href]
    : [use, ...besideTheConfiguration(use, baseDir)];
  for (const specifier of specifiers) {
    try {
      return (await import(specifier)) as Readonly<Record<string, unknown>>;
    } catch (error) {
      if (!isNotFound(error)) throw problemAt(entry, `${use} cannot be loaded: ${messageOf(error)}`);
    }
  }
  throw problemAt(entry, `${use} is not there: ${isPath ? "check the path" : whereToGet(use)}`);
}

/** Those that come with this project. */
const OWN_PROVIDERS: readonly string[] = [
  "@flotilla/kube",
  "@flotilla/provider-aws",
  "@flotilla/provider-azure",
  "@flotilla/provider-gcp",
];

function whereToGet(use: string): string {
  const meant = nearestName(use, OWN_PROVIDERS);
  if (meant === undefined || meant === use) return `install it with "npm install ${use}"`;
  return `did you mean ${meant}? Else install it with "npm install ${use}"`;
}

/** A package that is installed where the configuration is, and not where this command is. */
function besideTheConfiguration(use: string, baseDir: string): readonly string[] {
  try {
    return [pathToFileURL(createRequire(path.join(baseDir, "flotilla.yaml")).resolve(use)).href];
  } catch {
    return [];
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isFactory(value: unknown): value is ProviderFactory {
  return typeof value === "object" && value !== null && "create" in value && typeof value.create === "function";
}

function problemAt({ source, use }: ProviderEntry, message: string): InputError {
  const path = source === undefined ? [] : [...source.path.slice(0, -1), "use"];
  const position = source?.document.locate(path) ?? { file: use, line: 1, column: 1 };
  return new InputError([{ position, path, message }]);
}
