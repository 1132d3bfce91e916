import type { TypeTable } from "../schema/parse-type-table.ts";
import { builtInResources } from "./built-in-resources.ts";
import { apiVersionOf, type Resource } from "./resource.ts";

/** The kinds a server has at the moment: the built-in ones and those custom definitions brought. */
export class Registry {
  readonly types: TypeTable;
  #resources: readonly Resource[];
  /** Counts changes; discovery caches by it. */
  revision = 0;

  constructor() {
    const { resources, types } = builtInResources();
    this.types = types;
    this.#resources = resources;
  }

  /** All kinds, in the order they came. */
  all(): readonly Resource[] {
    return this.#resources;
  }

  /** The kind served at `/apis/GROUP/VERSION/PLURAL`. */
  byPlural(group: string, version: string, plural: string): Resource | undefined {
    return this.#resources.find((one) => one.plural === plural && one.group === group && one.version === version);
  }

  /** The kind of an object. */
  byKind(apiVersion: string, kind: string): Resource | undefined {
    return this.#resources.find((one) => one.kind === kind && apiVersionOf(one) === apiVersion);
  }

  /** A built-in kind. @throws Error when there is none: a programming mistake */
  need(apiVersion: string, kind: string): Resource {
    const found = this.byKind(apiVersion, kind);
    if (found === undefined) throw new Error(`the embedded API server has no kind ${kind} in ${apiVersion}`);
    return found;
  }

  /** Replaces the kinds a custom definition brings; none: they are gone. */
  setCustom(definition: string, resources: readonly Resource[]): void {
    const others = this.#resources.filter((one) => one.custom?.definition !== definition);
    this.#resources = [...others, ...resources];
    this.revision += 1;
  }
}
