import path from "node:path";
import { digestOf, InputError, type Document, type Problem } from "@flotilla/core";
import { readFiles } from "@flotilla/documents";
import { createAdjust } from "./adjust-clusters.ts";
import { configJsonSchema, configSchema } from "./config-schema.ts";
import type { Config, LoadedConfig } from "./config.ts";
import { namedClusters } from "./named-clusters.ts";
import { onlyDocument, parseDocument } from "./parse-document.ts";
import { providerName, type ProviderEntry } from "./provider-entry.ts";
import { readPriceFile } from "./read-price-file.ts";

/** A configuration and what is needed to load its providers. */
export interface ReadConfig extends LoadedConfig {
  readonly providers: readonly ProviderEntry[];
}

/** Reads and checks a configuration with its price files; loads and contacts nothing. @throws InputError */
export async function readConfig(file: string, cwd: string): Promise<ReadConfig> {
  const [source] = await readFiles([file], { cwd });
  const document = onlyDocument(file, source?.documents ?? [], "Config");
  const config = parseDocument(document, { schema: configSchema(), jsonSchema: configJsonSchema() });
  const problems = contradictions(config, document);
  if (problems.length > 0) throw new InputError(problems);
  const folder = path.dirname(path.resolve(cwd, file));
  const priceFiles = (config.spec.priceFiles ?? []).map((each) => besides(file, each));
  const priceSources = await readFiles(priceFiles, { cwd });
  const prices = priceSources.map((each) => readPriceFile(each.file, each.documents));
  const corrections = config.spec.clusters ?? [];
  return {
    fleet: config.metadata?.name ?? "",
    file,
    providers: config.spec.providers.map((entry, index) => ({
      use: entry.use,
      name: providerName(entry),
      options: entry.options,
      source: { document, path: ["spec", "providers", index, "options"] },
      baseDir: folder,
    })),
    priceLists: prices.map((each) => each.prices),
    adjust: createAdjust(corrections),
    namedClusters: [
      ...corrections.flatMap(({ clusters }, index) =>
        namedClusters(clusters, document, ["spec", "clusters", index, "clusters"]),
      ),
      ...prices.flatMap((each) => each.namedClusters),
    ],
    digest: digestOf([config, priceSources.flatMap(({ documents }) => documents.map(({ value }) => value))]),
  };
}

/** Relative to the configuration, and still as short as the user wrote it: messages name it so. */
function besides(file: string, given: string): string {
  return path.isAbsolute(given) ? given : path.join(path.dirname(file), given);
}

/** What is right by itself and wrong together. */
function contradictions(config: Config, document: Document): readonly Problem[] {
  const corrections = config.spec.clusters ?? [];
  return [
    ...repeated(
      config.spec.providers.map(providerName),
      (index) => ["spec", "providers", index, "name"],
      (name) => `two providers are called "${name}": give one of them another name`,
      document,
    ),
    ...repeated(
      corrections.map(({ alias }) => alias),
      (index) => ["spec", "clusters", index, "alias"],
      (alias) => `the alias "${alias}" is given twice`,
      document,
    ),
    ...corrections.flatMap(({ alias, clusters }, index) => {
      if (alias === undefined || clusters.names?.length === 1) return [];
      const at = ["spec", "clusters", index, "alias"];
      return [
        { position: document.locate(at), path: at, message: "an alias is for one cluster: name it in clusters.names" },
      ];
    }),
  ];
}

function repeated(
  names: readonly (string | undefined)[],
  pathOf: (index: number) => Problem["path"],
  messageOf: (name: string) => string,
  document: Document,
): readonly Problem[] {
  return names.flatMap((name, index) => {
    if (name === undefined || names.indexOf(name) === index) return [];
    return [{ position: document.locate(pathOf(index)), path: pathOf(index), message: messageOf(name) }];
  });
}
