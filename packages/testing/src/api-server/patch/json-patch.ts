import { equalJson, isList, isObject, type Json, type JsonObject, show } from "../json/json.ts";

/** A patch that cannot be carried out on this document. */
export class PatchError extends Error {
  override readonly name: string = "PatchError";
}

/** Applies an RFC 6902 patch. @throws PatchError when an operation fails; nothing is changed then */
export function applyJsonPatch(document: Json, operations: readonly Json[]): Json {
  return operations.reduce<Json>(applyOperation, document);
}

function applyOperation(document: Json, operation: Json): Json {
  if (!isObject(operation)) throw new PatchError("an operation is an object");
  const path = parsePointer(operation["path"]);
  switch (show(operation["op"])) {
    case "add":
      return change(document, path, "add", valueOf(operation));
    case "replace":
      return change(document, path, "replace", valueOf(operation));
    case "remove":
      return change(document, path, "remove", null);
    case "move":
      return move(document, parsePointer(operation["from"]), path);
    case "copy":
      return change(document, path, "add", read(document, parsePointer(operation["from"])));
    case "test":
      if (!equalJson(read(document, path), valueOf(operation)))
        throw new PatchError(`testing value ${show(operation["path"])} failed`);
      return document;
    default:
      throw new PatchError(`unexpected kind: ${show(operation["op"])}`);
  }
}

function move(document: Json, from: readonly string[], to: readonly string[]): Json {
  if (from.length < to.length && from.every((step, index) => step === to[index]))
    throw new PatchError("cannot move a value into itself");
  const value = read(document, from);
  return change(change(document, from, "remove", null), to, "add", value);
}

function valueOf(operation: JsonObject): Json {
  if (!Object.hasOwn(operation, "value"))
    throw new PatchError(`the operation on ${show(operation["path"])} has no value`);
  return operation["value"] ?? null;
}

function parsePointer(pointer: Json | undefined): string[] {
  if (typeof pointer !== "string" || (pointer !== "" && !pointer.startsWith("/")))
    throw new PatchError(`not a pointer: ${show(pointer)}`);
  const steps = pointer.split("/").slice(1);
  return steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function read(document: Json, path: readonly string[]): Json {
  let at: Json | undefined = document;
  for (const step of path) at = child(at, step);
  return at;
}

function child(parent: Json, step: string): Json {
  const found = isList(parent)
    ? parent[listIndex(step, parent.length - 1)]
    : isObject(parent) && Object.hasOwn(parent, step)
      ? parent[step]
      : undefined;
  if (found === undefined) throw new PatchError(`the path step ${step} is not there`);
  return found;
}

function listIndex(step: string, max: number): number {
  const index = /^(0|[1-9]\d*)$/.test(step) ? Number(step) : -1;
  if (index < 0 || index > max) throw new PatchError(`no index ${step} in this list`);
  return index;
}

type Action = "add" | "replace" | "remove";

function change(document: Json, path: readonly string[], action: Action, value: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) {
    if (action === "remove") throw new PatchError("the whole document cannot be removed");
    return value;
  }
  if (isList(document)) return changeList(document, step, rest, action, value);
  if (!isObject(document)) throw new PatchError(`the path step ${step} is not there`);
  const copy: Record<string, Json | undefined> = { ...document };
  if (rest.length > 0) copy[step] = change(child(document, step), rest, action, value);
  else if (action === "add") copy[step] = value;
  else {
    child(document, step);
    if (action === "remove") delete copy[step];
    else copy[step] = value;
  }
  return copy;
}

function changeList(list: readonly Json[], step: string, rest: readonly string[], action: Action, value: Json): Json {
  if (rest.length === 0 && action === "add") {
    const at = step === "-" ? list.length : listIndex(step, list.length);
    return list.toSpliced(at, 0, value);
  }
  const index = listIndex(step, list.length - 1);
  if (rest.length > 0) return list.with(index, change(child(list, step), rest, action, value));
  return action === "remove" ? list.toSpliced(index, 1) : list.with(index, value);
}
