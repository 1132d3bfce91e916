import type { DocumentPath } from "@flotilla/core";
import type { Node, Pair } from "yaml";
import type { YamlModule } from "./parse-yaml.ts";

/** Offset of the value (or key) at `path`, or of its nearest ancestor; an alias leads to what it stands for. */
export function locateYaml(
  yaml: YamlModule,
  root: Node,
  anchors: ReadonlyMap<string, Node>,
  path: DocumentPath,
  target: "key" | "value",
): number {
  let node: Node | null = root;
  let offset = root.range?.[0] ?? 0;
  for (const [index, part] of path.entries()) {
    const step: Step | undefined = takeStep(yaml, node, anchors, part);
    if (step === undefined) return offset;
    const isLast = index === path.length - 1;
    offset = (target === "key" && isLast ? step.key : undefined) ?? step.value?.range?.[0] ?? step.key ?? offset;
    node = step.value;
  }
  return offset;
}

interface Step {
  readonly key: number | undefined;
  readonly value: Node | null;
}

function takeStep(
  yaml: YamlModule,
  node: Node | null,
  anchors: ReadonlyMap<string, Node>,
  part: string | number,
): Step | undefined {
  const resolved = yaml.isAlias(node) ? (anchors.get(node.source) ?? null) : node;
  if (yaml.isSeq(resolved)) {
    const item = resolved.items[Number(part)] as Node | null | undefined;
    return item === undefined ? undefined : { key: item?.range?.[0], value: item };
  }
  if (!yaml.isMap(resolved)) return undefined;
  const pairs = resolved.items as Pair<Node | null, Node | null>[];
  const pair = pairs.find(({ key }) => yaml.isScalar(key) && (key.value ?? key.source) === String(part));
  return pair === undefined ? undefined : { key: pair.key?.range?.[0], value: pair.value };
}
