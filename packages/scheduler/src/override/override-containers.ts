import { nearestName, type KubeObject } from "@flotilla/core";
import { changeAt, isMap, listAt, textAt, valueAt } from "../objects/json-access.ts";
import { containerListPaths } from "../objects/pod-template.ts";
import type { OverrideRule } from "../policy/override-policy.ts";
import { overrideImage } from "./override-image.ts";
import type { Substitution } from "./substitute-variables.ts";

type Container = Readonly<Record<string, unknown>>;
type Changed = { readonly container: Container } | { readonly message: string };

/** The object with one part of a rule applied, or what is wrong with that part. */
export type PartResult = { readonly object: KubeObject } | { readonly message: string };

export function applyImage(object: KubeObject, part: NonNullable<OverrideRule["image"]>[number]): PartResult {
  return changeContainers(object, part.container, (container) => {
    const image = textAt(container, "image");
    if (image === undefined) return { message: `container ${textAt(container, "name") ?? "?"} has no image` };
    const changed = overrideImage(image, part);
    return "message" in changed ? changed : { container: { ...container, image: changed.image } };
  });
}

export function applyCommand(object: KubeObject, part: NonNullable<OverrideRule["command"]>[number]): PartResult {
  return changeContainers(object, part.container, (container) => ({
    container: { ...container, command: part.value },
  }));
}

/** Removes every element that equals one of `remove`, then appends `add`. */
export function applyArgs(object: KubeObject, part: NonNullable<OverrideRule["args"]>[number]): PartResult {
  const removed = new Set<unknown>(part.remove);
  return changeContainers(object, part.container, (container) => {
    const kept = listAt(container, "args").filter((arg) => !removed.has(arg));
    return { container: { ...container, args: [...kept, ...(part.add ?? [])] } };
  });
}

/** Sets one variable by name in its place, or appends it. A variable that came from `valueFrom` becomes a plain value. */
export function applyEnv(
  object: KubeObject,
  part: NonNullable<OverrideRule["env"]>[number],
  fill: (template: string) => Substitution,
): PartResult {
  const value = fill(part.value);
  if ("message" in value) return value;
  const variable = { name: part.name, value: value.text };
  return changeContainers(object, part.container, (container) => {
    const env = listAt(container, "env");
    const index = env.findIndex((entry) => valueAt(entry, "name") === part.name);
    return { container: { ...container, env: index === -1 ? [...env, variable] : env.with(index, variable) } };
  });
}

/** Changes the containers and init containers of that name (absent: all). None of that name is an error, not a silent nothing. */
function changeContainers(
  object: KubeObject,
  name: string | undefined,
  change: (container: Container) => Changed,
): PartResult {
  const paths = containerListPaths(object);
  if (paths.length === 0) return { message: `a ${object.kind} has no containers` };
  let result: unknown = object;
  let matched = 0;
  for (const path of paths) {
    for (const [index, container] of listAt(object, ...path).entries()) {
      if (!isMap(container) || (name !== undefined && container["name"] !== name)) continue;
      const changed = change(container);
      if ("message" in changed) return changed;
      matched += 1;
      result = changeAt(result, [...path, index], () => changed.container);
    }
  }
  return matched === 0 ? { message: noContainer(object, name) } : { object: result as KubeObject };
}

function noContainer(object: KubeObject, name: string | undefined): string {
  const names = containerListPaths(object)
    .flatMap((path) => listAt(object, ...path))
    .map((container) => textAt(container, "name") ?? "");
  if (name === undefined || names.length === 0) return "there is no container";
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? "" : ` (did you mean "${nearest}"?)`;
  return `there is no container "${name}"; there ${names.length === 1 ? "is" : "are"} ${names.map((each) => `"${each}"`).join(", ")}${hint}`;
}
