import { isJsonObject } from "../json/is-json-object.ts";
import { formatPointer } from "./json-pointer.ts";
import { absent, failure, type PatchFailure } from "./patch-failure.ts";

type Container = unknown[] | Record<string, unknown>;

/** What to do at the end of a path: `insert` shifts array items, `set` overwrites what must be there. */
export type Edit = { readonly kind: "insert" | "set"; readonly value: unknown } | { readonly kind: "delete" };

/**
 * A JSON document under edit. The input is never changed: the containers along a path are copied once, on the first edit that
 * touches them, and everything else is shared with the input.
 */
export class JsonTree {
  #root: unknown;
  /** Copies made here, which may be written to. */
  #owned = new WeakSet<object>();

  constructor(root: unknown) {
    this.#root = root;
  }

  get root(): unknown {
    return this.#root;
  }

  /** The value at `path`, wrapped, so that a failure cannot be taken for a value. */
  read(path: readonly string[]): { readonly failed?: false; readonly value: unknown } | PatchFailure {
    let value = this.#root;
    for (let depth = 0; depth < path.length; depth += 1) {
      const child = childOf(value, path, depth);
      if ("failed" in child) return child;
      value = child.value;
    }
    return { value };
  }

  /**
   * The document as it is now, to go back to. Nothing copied so far is written to again: that also makes it safe for a value
   * to stand in two places.
   */
  checkpoint(): unknown {
    this.#owned = new WeakSet();
    return this.#root;
  }

  /** Back to a checkpoint. */
  restore(root: unknown): void {
    this.#owned = new WeakSet();
    this.#root = root;
  }

  /** Applies one edit; `createParents` puts empty objects where the way to it is missing. */
  edit(path: readonly string[], edit: Edit, createParents: boolean): PatchFailure | undefined {
    if (path.length === 0) {
      if (edit.kind === "delete") return failure("the whole document cannot be removed");
      this.#root = edit.value;
      return undefined;
    }
    // Looked at before anything is written: a failing edit must leave no trace.
    const problem = this.#check(path, edit, createParents);
    if (problem !== undefined) return problem;
    let container = this.#writable(this.#root);
    this.#root = container;
    for (const part of path.slice(0, -1)) {
      const child = this.#writable(Object.hasOwn(container, part) ? get(container, part) : {});
      set(container, part, child);
      container = child;
    }
    apply(container, path[path.length - 1] ?? "", edit);
    return undefined;
  }

  #check(path: readonly string[], edit: Edit, createParents: boolean): PatchFailure | undefined {
    let value = this.#root;
    for (let depth = 0; depth < path.length - 1; depth += 1) {
      const child = childOf(value, path, depth);
      if ("failed" in child) {
        return createParents && child.missing && isJsonObject(value) ? undefined : child;
      }
      value = child.value;
    }
    return checkEdit(value, path, edit);
  }

  #writable(value: unknown): Container {
    if (typeof value === "object" && value !== null && this.#owned.has(value)) return value as Container;
    const copy: Container = Array.isArray(value)
      ? [...(value as unknown[])]
      : { ...(value as Record<string, unknown>) };
    this.#owned.add(copy);
    return copy;
  }
}

function checkEdit(container: unknown, path: readonly string[], edit: Edit): PatchFailure | undefined {
  const last = path.length - 1;
  if (edit.kind === "set" || edit.kind === "delete") {
    const child = childOf(container, path, last);
    return "failed" in child ? child : undefined;
  }
  if (isJsonObject(container)) return undefined;
  if (!Array.isArray(container)) return notContainer(path, last);
  const part = path[last] ?? "";
  if (part === "-") return undefined;
  const index = arrayIndex(part);
  if (index === undefined) return badIndex(path, last);
  return index <= container.length ? undefined : absentAt(path, last);
}

function apply(container: Container, part: string, edit: Edit): void {
  if (!Array.isArray(container)) {
    if (edit.kind === "delete") delete container[part];
    else container[part] = edit.value;
    return;
  }
  const index = part === "-" ? container.length : Number(part);
  if (edit.kind === "delete") container.splice(index, 1);
  else if (edit.kind === "insert") container.splice(index, 0, edit.value);
  else container[index] = edit.value;
}

function get(container: Container, part: string): unknown {
  return Array.isArray(container) ? container[Number(part)] : container[part];
}

function set(container: Container, part: string, value: unknown): void {
  if (Array.isArray(container)) container[Number(part)] = value;
  else container[part] = value;
}

/** The child that `path[depth]` names, or why there is none. */
function childOf(
  container: unknown,
  path: readonly string[],
  depth: number,
): { readonly value: unknown } | PatchFailure {
  const part = path[depth] ?? "";
  if (Array.isArray(container)) {
    const index = arrayIndex(part);
    if (index === undefined) return part === "-" ? absentAt(path, depth) : badIndex(path, depth);
    return index < container.length ? { value: container[index] as unknown } : absentAt(path, depth);
  }
  if (!isJsonObject(container)) return notContainer(path, depth);
  return Object.hasOwn(container, part) ? { value: container[part] } : absentAt(path, depth);
}

/** RFC 6901 section 4: digits without a leading zero. */
function arrayIndex(part: string): number | undefined {
  return /^(?:0|[1-9]\d{0,14})$/.test(part) ? Number(part) : undefined;
}

function absentAt(path: readonly string[], depth: number): PatchFailure {
  return absent(`there is nothing at ${formatPointer(path.slice(0, depth + 1))}`);
}

function badIndex(path: readonly string[], depth: number): PatchFailure {
  const array = formatPointer(path.slice(0, depth)) || "the document";
  return failure(`${array} is an array; ${JSON.stringify(path[depth])} is no index of it`);
}

function notContainer(path: readonly string[], depth: number): PatchFailure {
  const place = formatPointer(path.slice(0, depth)) || "the document";
  return failure(`${place} is neither an object nor an array, so it has no ${JSON.stringify(path[depth])}`);
}
