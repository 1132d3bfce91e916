import type { Alias, Node, Pair, Scalar, YAMLMap } from "yaml";
import type { DocumentLimits } from "./document-limits.ts";
import type { YamlModule } from "./parse-yaml.ts";
import type { ProblemReport } from "./problem-report.ts";
import { keyFault } from "./unsafe-keys.ts";
import { resolvePlainScalar } from "./yaml-scalar.ts";

const TAG_PREFIX = "tag:yaml.org,2002:";
/** Tags that say what JSON has anyway. Everything else (`!!binary`, `!!js/…`, `!custom`) is refused, never run. */
const KNOWN_TAGS: ReadonlySet<string> = new Set(["str", "int", "float", "bool", "null", "map", "seq"]);

/**
 * A node tree to plain JSON data. Aliases are written out under a budget, merge keys (`<<`) are merged as kubectl does;
 * recursion is bounded by `depthMax`. Problems go to the report; the value is only good if there are none.
 */
export function yamlToValue(
  yaml: YamlModule,
  root: Node,
  limits: DocumentLimits,
  report: ProblemReport,
): { readonly value: unknown; readonly anchors: ReadonlyMap<string, Node> } {
  const converter = new YamlConverter(yaml, limits, report);
  return { value: converter.convert(root), anchors: converter.anchors };
}

class YamlConverter {
  readonly anchors = new Map<string, Node>();
  readonly #yaml: YamlModule;
  readonly #limits: DocumentLimits;
  readonly #report: ProblemReport;
  readonly #path: (string | number)[] = [];
  /** Nodes being written out: an alias to one of them would never end. */
  readonly #open = new Set<Node>();
  #aliasDepth = 0;
  #aliasNodes = 0;

  constructor(yaml: YamlModule, limits: DocumentLimits, report: ProblemReport) {
    this.#yaml = yaml;
    this.#limits = limits;
    this.#report = report;
  }

  convert(node: Node | null): unknown {
    if (node === null) return null;
    this.#spend(node);
    if (this.#yaml.isAlias(node)) return this.#convertAlias(node);
    this.#remember(node);
    const tag = this.#checkTag(node);
    if (this.#yaml.isScalar(node)) return this.#convertScalar(node, tag);
    // Exact, where the parser's own check is not; and aliases nest deeper than the text does.
    if (this.#open.size >= this.#limits.depthMax) {
      this.#report.fail(startOf(node), `nested deeper than ${this.#limits.depthMax} levels`, this.#path);
    }
    this.#open.add(node);
    const value = this.#yaml.isMap(node) ? this.#convertMap(node) : this.#convertSeq(node);
    this.#open.delete(node);
    return value;
  }

  #spend(node: Node): void {
    const { aliasNodesMax } = this.#limits;
    if (this.#aliasDepth > 0 && ++this.#aliasNodes > aliasNodesMax) {
      this.#report.fail(startOf(node), `aliases stand for more than ${aliasNodesMax} nodes`, this.#path);
    }
  }

  /** A later anchor of the same name replaces an earlier one, in the order of the text. */
  #remember(node: Node): void {
    const anchor =
      this.#yaml.isMap(node) || this.#yaml.isSeq(node) || this.#yaml.isScalar(node) ? node.anchor : undefined;
    if (anchor !== undefined && this.#aliasDepth === 0) this.anchors.set(anchor, node);
  }

  #checkTag(node: Node): string | undefined {
    if (node.tag === undefined || node.tag === "!") return node.tag;
    const name = node.tag.startsWith(TAG_PREFIX) ? node.tag.slice(TAG_PREFIX.length) : undefined;
    if (name !== undefined && KNOWN_TAGS.has(name)) return name;
    const shown = name === undefined ? node.tag : `!!${name}`;
    return this.#report.fail(startOf(node), `the tag ${shown} is not allowed: write plain data`, this.#path);
  }

  #convertAlias(alias: Alias): unknown {
    const target = this.anchors.get(alias.source);
    if (target === undefined) {
      return this.#report.fail(startOf(alias), `no anchor "&${alias.source}" before this alias`, this.#path);
    }
    if (this.#open.has(target)) {
      return this.#report.fail(startOf(alias), `the alias "*${alias.source}" contains itself`, this.#path);
    }
    this.#aliasDepth += 1;
    const value = this.convert(target);
    this.#aliasDepth -= 1;
    return value;
  }

  #convertScalar(scalar: Scalar, tag: string | undefined): unknown {
    // The failsafe schema leaves every scalar a string.
    const text = typeof scalar.value === "string" ? scalar.value : (scalar.source ?? "");
    const isPlain = scalar.type === "PLAIN" || scalar.type === undefined;
    if (tag === "str" || tag === "!" || (tag === undefined && !isPlain)) return text;
    const resolved = resolvePlainScalar(text);
    if (!resolved.ok) return this.#report.add(startOf(scalar), resolved.message, this.#path);
    if (tag !== undefined && !isOfTag(resolved.value, tag)) {
      this.#report.add(startOf(scalar), `not a value of the tag !!${tag}`, this.#path);
    }
    return resolved.value;
  }

  #convertSeq(seq: Node): unknown[] {
    const items = this.#yaml.isSeq(seq) ? (seq.items as (Node | null)[]) : [];
    return items.map((item, index) => {
      this.#path.push(index);
      const value = this.convert(item);
      this.#path.pop();
      return value;
    });
  }

  #convertMap(map: YAMLMap): Record<string, unknown> {
    const written: Record<string, unknown> = {};
    const merged: Record<string, unknown> = {};
    const seen = new Set<string>();
    for (const pair of map.items as Pair<Node | null, Node | null>[]) {
      const key = this.#readKey(pair.key, seen);
      if (key === undefined) continue;
      this.#path.push(key);
      if (key === "<<" && this.#isPlain(pair.key)) Object.assign(merged, this.#mergeSources(pair.value));
      else written[key] = this.convert(pair.value);
      this.#path.pop();
    }
    // A key that is written here wins over a merged one, wherever the merge stands.
    return { ...merged, ...written };
  }

  /** The key, or `undefined` after saying what is wrong with it. */
  #readKey(node: Node | null, seen: Set<string>): string | undefined {
    if (!this.#yaml.isScalar(node)) {
      this.#report.add(node === null ? 0 : startOf(node), "a key must be a word or a number", this.#path);
      return undefined;
    }
    this.#remember(node);
    this.#checkTag(node);
    // Keys keep their text: `1`, `on` and `1.0` are the names a person sees.
    const key = typeof node.value === "string" ? node.value : (node.source ?? "");
    const fault = keyFault(key, seen);
    seen.add(key);
    if (fault === undefined) return key;
    this.#report.add(startOf(node), fault, [...this.#path, key]);
    return undefined;
  }

  #isPlain(key: Node | null): boolean {
    return this.#yaml.isScalar(key) && (key.type === "PLAIN" || key.type === undefined);
  }

  #mergeSources(node: Node | null): Record<string, unknown> {
    const value = this.convert(node);
    const sources = Array.isArray(value) ? (value as unknown[]) : [value];
    if (!sources.every(isRecord)) {
      const message = "a merge key (<<) takes a mapping or a list of mappings";
      return this.#report.fail(node === null ? 0 : startOf(node), message, this.#path);
    }
    // Earlier in the list wins.
    return Object.assign({}, ...sources.toReversed()) as Record<string, unknown>;
  }
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

function isOfTag(value: unknown, tag: string): boolean {
  if (tag === "null") return value === null;
  if (tag === "bool") return typeof value === "boolean";
  if (tag === "int") return Number.isSafeInteger(value);
  return tag === "float" && typeof value === "number";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
