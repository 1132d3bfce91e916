import type { Json } from "../json/json.ts";
import type { Schema } from "../schema/schema.ts";
import { asFields, fieldSchema, indexItems, isHollow, shapeOf } from "./descend.ts";

/** The live object with an applied configuration laid over it. List items keep the applied order among themselves. */
export function mergeFields(schema: Schema, live: Json | undefined, config: Json | undefined): Json | undefined {
  if (config === undefined) return live;
  if (live === undefined) return config;
  const shape = shapeOf(schema, live, config);
  if (shape.kind === "leaf" || (isHollow(live) && isHollow(config))) return config;
  if (shape.kind === "object") {
    const [a, b] = [asFields(live), asFields(config)];
    const out: Record<string, Json | undefined> = {};
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
      out[name] = mergeFields(fieldSchema(shape.schema, name), a[name], b[name]);
    }
    return out;
  }
  const [a, b] = [indexItems(shape.schema, live), indexItems(shape.schema, config)];
  return mergedOrder([...a.keys()], [...b.keys()]).flatMap((step) => {
    const item = mergeFields(shape.schema.item, a.get(step), b.get(step));
    return item === undefined ? [] : [item];
  });
}

/**
 * Items only in the live list stay where they are between the shared ones; the applied list gives the order of the rest.
 * Source: the associative list merge of structured-merge-diff v6.
 */
function mergedOrder(live: readonly string[], config: readonly string[]): string[] {
  const inConfig = new Set(config);
  const inLive = new Set(live);
  const shared = config.filter((step) => inLive.has(step));
  const out: string[] = [];
  const done = new Set<string>();
  let [l, c, s] = [0, 0, 0];
  const takeConfig = (step: string): void => {
    done.add(step);
    out.push(step);
    c += 1;
    if (shared[s] === step) s += 1;
  };
  while (l < live.length || c < config.length) {
    const [left, right] = [live[l], config[c]];
    if (left !== undefined && left === right) {
      takeConfig(left);
      l += 1;
    } else if (
      left !== undefined &&
      right !== undefined &&
      inConfig.has(left) &&
      s < shared.length &&
      shared[s] !== left
    ) {
      l += 1; // shared, but another one is due first
    } else if (left !== undefined && !inConfig.has(left)) {
      out.push(left);
      l += 1;
    } else {
      if (left !== undefined && done.has(left)) l += 1;
      if (right !== undefined) takeConfig(right);
      else if (left !== undefined && !done.has(left)) l += 1;
    }
  }
  return out;
}
