import { badRequest } from "../http/status-error.ts";
import { stringsAt, type JsonObject } from "../json/json.ts";

/** Whether an object is selected. */
export type Predicate = (object: JsonObject) => boolean;

type Labels = Readonly<Record<string, string>>;

/** Reads `a=b,c!=d,e in (f,g),h notin (i),j,!k`. @throws StatusError 400 */
export function parseLabelSelector(text: string): Predicate {
  const requirements = splitTop(text).map(parseRequirement);
  return (object) => {
    const labels = stringsAt(object, "metadata", "labels");
    return requirements.every((requirement) => requirement(labels));
  };
}

function splitTop(text: string): string[] {
  const out: string[] = [];
  let [depth, from] = [0, 0];
  for (let index = 0; index <= text.length; index += 1) {
    const letter = text[index];
    if (letter === "(") depth += 1;
    if (letter === ")") depth -= 1;
    if (letter === undefined || (letter === "," && depth === 0)) {
      out.push(text.slice(from, index).trim());
      from = index + 1;
    }
  }
  return out.filter((part) => part !== "");
}

function parseRequirement(text: string): (labels: Labels) => boolean {
  const set = /^([^\s=!()]+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(text);
  if (set !== null) {
    const [, key = "", operator, list = ""] = set;
    const values = new Set(list.split(",").map((value) => value.trim()));
    const has = (labels: Labels): boolean => Object.hasOwn(labels, key) && values.has(labels[key] ?? "");
    return operator === "in" ? has : (labels) => !has(labels);
  }
  const comparison = /^([^\s=!()<>]+)\s*(==|=|!=|>|<)\s*([^\s=!()<>]*)$/.exec(text);
  if (comparison !== null) return parseComparison(comparison);
  const existence = /^(!?)\s*([^\s=!()<>]+)$/.exec(text);
  if (existence === null) throw badRequest(`unable to parse requirement: ${explain(text)}`);
  const [, not, key = ""] = existence;
  return (labels) => Object.hasOwn(labels, key) !== (not === "!");
}

function parseComparison([, key = "", operator = "", value = ""]: RegExpExecArray): (labels: Labels) => boolean {
  switch (operator) {
    case "!=":
      return (labels) => labels[key] !== value;
    case ">":
      return (labels) => Number(labels[key]) > Number(value);
    case "<":
      return (labels) => Number(labels[key]) < Number(value);
    default:
      return (labels) => labels[key] === value;
  }
}

function explain(text: string): string {
  const second = text.split(/\s+/)[1] ?? text;
  return `found '${second}', expected: in, notin, =, ==, !=, gt, lt`;
}
