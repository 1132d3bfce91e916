import { compareIds } from "./compare-ids.ts";
import type { LabelRequirement, LabelSelector } from "./cluster-selector.ts";

// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
const KEY = /^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const SET_BASED = /^(\S+)\s+(in|notin)\s*\((.*)\)$/;
const EQUALITY_BASED = /^([^!=\s]+)\s*(==|=|!=)\s*(\S*)$/;
// A selector of an API request is a URL parameter; nothing longer is one.
const SELECTOR_CHARS_MAX = 8192;

/**
 * Reads the text form that `kubectl -l` takes: `tier=gold,env in (prod, stage),!spot`. Equalities become `In` and `NotIn`, so
 * that repeated keys stay ANDed. `undefined` when the text is not a selector; the empty text selects everything.
 */
export function parseLabelSelector(text: string): LabelSelector | undefined {
  if (text.length > SELECTOR_CHARS_MAX) return undefined;
  if (text.trim() === "") return {};
  const requirements = splitOutsideParentheses(text).map(parseRequirement);
  const matchExpressions = requirements.filter((requirement) => requirement !== undefined);
  return matchExpressions.length === requirements.length ? { matchExpressions } : undefined;
}

/** The text form of a selector, for `labelSelector` parameters and `kubectl -l`. Parsing it selects the same. */
export function formatLabelSelector(selector: LabelSelector): string {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const equalities = Object.keys(matchLabels).sort(compareIds);
  return [
    ...equalities.map((key) => `${key}=${matchLabels[key] ?? ""}`),
    ...matchExpressions.map(formatRequirement),
  ].join(",");
}

function parseRequirement(text: string): LabelRequirement | undefined {
  const set = SET_BASED.exec(text);
  if (set !== null) {
    return checked({
      key: set[1] ?? "",
      operator: set[2] === "in" ? "In" : "NotIn",
      values: (set[3] ?? "").split(",").map((value) => value.trim()),
    });
  }
  const equality = EQUALITY_BASED.exec(text);
  if (equality !== null) {
    return checked({
      key: equality[1] ?? "",
      operator: equality[2] === "!=" ? "NotIn" : "In",
      values: [equality[3] ?? ""],
    });
  }
  if (text.startsWith("!")) return checked({ key: text.slice(1).trim(), operator: "DoesNotExist" });
  return checked({ key: text, operator: "Exists" });
}

function checked(requirement: LabelRequirement): LabelRequirement | undefined {
  const { key, values = [] } = requirement;
  return KEY.test(key) && values.every((value) => VALUE.test(value)) ? requirement : undefined;
}

function formatRequirement(requirement: LabelRequirement): string {
  const { key, operator, values = [] } = requirement;
  switch (operator) {
    case "In":
      return `${key} in (${values.join(",")})`;
    case "NotIn":
      return `${key} notin (${values.join(",")})`;
    case "Exists":
      return key;
    case "DoesNotExist":
      return `!${key}`;
    default:
      return operator satisfies never;
  }
}

function splitOutsideParentheses(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "," && depth === 0) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}
