import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isJsonObject } from "../json/is-json-object.ts";
import { jsonEqual } from "../json/json-equal.ts";
import { applyJsonPatch, type MissingMode } from "./apply-json-patch.ts";
import { applyMergePatch } from "./apply-merge-patch.ts";
import { diffJson, toJsonPatch } from "./diff-json.ts";
import type { JsonPatchOperation } from "./json-patch-operation.ts";
import { formatPointer, parsePointer } from "./json-pointer.ts";

const name = fc.constantFrom("a", "b", "c/d", "e~f", "", "0", "-", "toString");
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, 0, 1, "", "x"),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(name, tie("json"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

/** Freezes all of it, so that a write to the input is an error and not a surprise. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null)
    for (const child of Object.values(Object.freeze(value))) frozen(child);
  return value;
}

describe("pointers", () => {
  test("any parts come back as text", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (parts) => {
        expect(parsePointer(formatPointer(parts))).toEqual(parts);
      }),
    );
  });

  test.each(["a", " /a", "/a~", "/a~2", "#/a"])("%j is not a pointer", (text) => {
    expect(parsePointer(text)).toBeUndefined();
  });

  test("an index is written as a number is", () => {
    expect(formatPointer(["spec", 0, "a/b~c"])).toBe("/spec/0/a~1b~0c");
  });
});

describe("differences", () => {
  test("applied as a patch they lead from one value to the other, and neither is touched", () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        frozen(before);
        frozen(after);
        const patch = toJsonPatch(diffJson(before, after));
        expect(applyJsonPatch(before, patch)).toEqual({ ok: true, value: after });
      }),
      { numRuns: 2000 },
    );
  });

  test("equal values have none", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(diffJson(value, structuredClone(value))).toEqual([]);
      }),
    );
  });

  test("are told at the smallest part, with what was and what will be", () => {
    const before = { spec: { replicas: 1, gone: { x: 1 }, args: ["a", "b", "c"] }, same: [1] };
    const after = { spec: { replicas: 2, fresh: null, args: ["a", "x"] }, same: [1] };
    expect(diffJson(before, after)).toEqual([
      { op: "replace", path: "/spec/args/1", before: "b", after: "x" },
      { op: "remove", path: "/spec/args/2", before: "c" },
      { op: "add", path: "/spec/fresh", after: null },
      { op: "remove", path: "/spec/gone", before: { x: 1 } },
      { op: "replace", path: "/spec/replicas", before: 1, after: 2 },
    ]);
  });

  test("an object and an array are never alike", () => {
    expect(diffJson({ a: [] }, { a: {} })).toEqual([{ op: "replace", path: "/a", before: [], after: {} }]);
  });

  test("nesting of any depth is compared", () => {
    const deep = (leaf: unknown): unknown => Array.from({ length: 50_000 }).reduce<unknown>((inner) => [inner], leaf);
    expect(diffJson(deep(1), deep(1))).toEqual([]);
    expect(diffJson(deep(1), deep(2))).toHaveLength(1);
  });
});

describe("a patch", () => {
  const operation = fc.oneof(
    fc.record({
      op: fc.constantFrom("add" as const, "replace" as const, "test" as const),
      path: pointerTo(),
      value: json,
    }),
    fc.record({ op: fc.constant("remove" as const), path: pointerTo() }),
    fc.record({ op: fc.constantFrom("move" as const, "copy" as const), path: pointerTo(), from: pointerTo() }),
  );

  function pointerTo(): fc.Arbitrary<string> {
    return fc.array(fc.oneof(name, fc.constantFrom("1", "2", "a")), { maxLength: 3 }).map(formatPointer);
  }

  test("equals a plain interpreter that clones everything, in every outcome", () => {
    fc.assert(
      fc.property(json, fc.array(operation, { maxLength: 6 }), (document, operations) => {
        frozen(document);
        frozen(operations);
        const result = applyJsonPatch(document, operations);
        const expected = reference(document, operations);
        expect(result.ok ? { ok: true, value: result.value } : { ok: false, index: result.index }).toEqual(expected);
      }),
      { numRuns: 5000 },
    );
  });

  test("shares what it does not touch and copies only the way to what it does", () => {
    const document = frozen({ a: { b: { c: 1 }, d: { e: 1 } }, f: [{ g: 1 }, { h: 1 }] });
    const result = applyJsonPatch(document, [
      { op: "replace", path: "/a/b/c", value: 2 },
      { op: "add", path: "/f/1/i", value: 3 },
    ]);
    const value = (result.ok ? result.value : undefined) as typeof document;
    expect(value).toEqual({ a: { b: { c: 2 }, d: { e: 1 } }, f: [{ g: 1 }, { h: 1, i: 3 }] });
    expect([value.a.d === document.a.d, value.f[0] === document.f[0]]).toEqual([true, true]);
  });

  test("an empty patch gives the document itself", () => {
    const document = frozen({ a: 1 });
    const result = applyJsonPatch(document, []);
    expect(result.ok && result.value === document).toBe(true);
  });

  test("a copied value and its origin go their own ways afterwards", () => {
    const result = applyJsonPatch({ a: { x: 1 } }, [
      { op: "add", path: "/a/y", value: 1 },
      { op: "copy", from: "/a", path: "/b" },
      { op: "replace", path: "/b/x", value: 2 },
      { op: "remove", path: "/a/y" },
    ]);
    expect(result).toEqual({ ok: true, value: { a: { x: 1 }, b: { x: 2, y: 1 } } });
  });

  test("a value given once and added twice is not shared between the places", () => {
    const value = frozen({ n: 1 });
    const result = applyJsonPatch({}, [
      { op: "add", path: "/a", value },
      { op: "add", path: "/b", value },
      { op: "replace", path: "/a/n", value: 2 },
    ]);
    expect(result).toEqual({ ok: true, value: { a: { n: 2 }, b: { n: 1 } } });
  });

  test.each(["/__proto__/x", "/a/constructor/prototype/x", "/prototype"])("refuses to write to %s", (path) => {
    const result = applyJsonPatch({ a: {} }, [{ op: "add", path, value: "polluted" }], { missing: "add" });
    expect(result).toMatchObject({
      ok: false,
      index: 0,
      path,
      message: expect.stringContaining("may not name") as string,
    });
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  test("refuses to read through a prototype as well", () => {
    const result = applyJsonPatch({}, [{ op: "copy", from: "/__proto__", path: "/a" }]);
    expect(result).toMatchObject({ ok: false });
    expect(applyJsonPatch({}, [{ op: "test", path: "/toString", value: null }])).toMatchObject({ ok: false });
  });

  test("keeps a member called __proto__ of the document as the plain member it is", () => {
    const document: unknown = JSON.parse('{"__proto__": {"x": 1}, "a": 1}');
    const result = applyJsonPatch(document, [{ op: "replace", path: "/a", value: 2 }]);
    expect(JSON.stringify(result.ok && result.value)).toBe('{"__proto__":{"x":1},"a":2}');
  });

  test("says where it failed and why", () => {
    const operations: JsonPatchOperation[] = [
      { op: "add", path: "/a", value: 1 },
      { op: "remove", path: "/spec/x/y" },
    ];
    expect(applyJsonPatch({ spec: {} }, operations)).toEqual({
      ok: false,
      index: 1,
      path: "/spec/x/y",
      message: "there is nothing at /spec/x",
    });
  });
});

describe("a failure's message", () => {
  test.each<[unknown, string]>([
    [{ op: "test", path: "", value: 1 }, "the value at the root is not the one tested for"],
    [{ op: "test", path: "/list", value: 1 }, "the value at /list is not the one tested for"],
    [{ op: "remove", path: "" }, "the whole document cannot be removed"],
    [{ op: "add", path: "/text/x", value: 1 }, '/text is neither an object nor an array, so it has no "x"'],
    [{ op: "add", path: "/list/x", value: 1 }, '/list is an array; "x" is no index of it'],
    [{ op: "move", from: "/list", path: "/list/0" }, "/list cannot be moved into itself"],
    [{ op: "replace", path: "/list/7", value: 1 }, "there is nothing at /list/7"],
    [{ op: "add", path: "/list" }, "add needs a value"],
    [{ op: "set", path: "/list" }, 'op is add, remove, replace, move, copy or test, not "set"'],
    [{ path: "/list" }, "op is add, remove, replace, move, copy or test, not absent"],
    [{ op: "remove" }, "path must be a JSON Pointer such as /spec/replicas"],
    [{ op: "remove", path: "list" }, 'path is not a JSON Pointer: "list"'],
    [{ op: "copy", path: "/a", from: 1 }, "from must be a JSON Pointer such as /spec/replicas"],
    [null, "an operation is an object with op and path"],
    ["remove", "an operation is an object with op and path"],
  ])("of %j is in words", (operation, message) => {
    const result = applyJsonPatch({ text: "x", list: [1] }, [operation as JsonPatchOperation]);
    expect(result).toMatchObject({ ok: false, index: 0, message });
  });

  test("names the document where there is no path to it", () => {
    expect([
      applyJsonPatch([1], [{ op: "add", path: "/x", value: 1 }]),
      applyJsonPatch(1, [{ op: "add", path: "/x", value: 1 }]),
    ]).toMatchObject([
      { message: 'the document is an array; "x" is no index of it' },
      { message: 'the document is neither an object nor an array, so it has no "x"' },
    ]);
  });
});

describe("what is missing", () => {
  const document = frozen({ spec: { list: [1] }, text: "x" });
  test.each<[MissingMode, JsonPatchOperation, unknown]>([
    ["add", { op: "replace", path: "/spec/a/b", value: 1 }, { ...document, spec: { list: [1], a: { b: 1 } } }],
    ["add", { op: "add", path: "/spec/a/b", value: 1 }, { ...document, spec: { list: [1], a: { b: 1 } } }],
    ["add", { op: "replace", path: "/spec/list/0", value: 2 }, { ...document, spec: { list: [2] } }],
    ["add", { op: "replace", path: "/spec/list/1", value: 2 }, { ...document, spec: { list: [1, 2] } }],
    ["add", { op: "remove", path: "/spec/a/b" }, document],
    ["add", { op: "copy", from: "/text", path: "/spec/a/b" }, { ...document, spec: { list: [1], a: { b: "x" } } }],
    ["add", { op: "copy", from: "/nothing", path: "/spec/a" }, undefined],
    ["add", { op: "replace", path: "/spec/list/5", value: 2 }, undefined],
    ["add", { op: "add", path: "/spec/list/1/x", value: 2 }, undefined],
    ["add", { op: "add", path: "/text/x", value: 2 }, undefined],
    ["add", { op: "test", path: "/nothing", value: null }, undefined],
    ["ignore", { op: "replace", path: "/spec/a/b", value: 1 }, document],
    ["ignore", { op: "add", path: "/spec/a/b", value: 1 }, document],
    ["ignore", { op: "remove", path: "/spec/list/3" }, document],
    ["ignore", { op: "remove", path: "/spec/list/-" }, document],
    ["ignore", { op: "move", from: "/nothing", path: "/spec/a" }, document],
    ["ignore", { op: "move", from: "/text", path: "/nothing/there" }, document],
    ["ignore", { op: "replace", path: "/text", value: "y" }, { ...document, text: "y" }],
    ["ignore", { op: "test", path: "/nothing", value: null }, undefined],
    ["ignore", { op: "add", path: "/text/x", value: 2 }, undefined],
    ["ignore", { op: "add", path: "/spec/list/01", value: 2 }, undefined],
    ["error", { op: "replace", path: "/spec/a", value: 1 }, undefined],
    ["error", { op: "remove", path: "/spec/a" }, undefined],
  ])("%s: %o gives %o", (missing, operation, value) => {
    const expected = value === undefined ? { ok: false, index: 0 } : { ok: true, value };
    expect(applyJsonPatch(document, [operation], { missing })).toMatchObject(expected);
  });
});

describe("a merge patch", () => {
  // RFC 7396, appendix A, every row.
  test.each<[unknown, unknown, unknown]>([
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [
      ["a", "b"],
      ["c", "d"],
      ["c", "d"],
    ],
    [{ a: "b" }, ["c"], ["c"]],
    [{ a: "foo" }, null, null],
    [{ a: "foo" }, "bar", "bar"],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])("%j with %j is %j", (document, patch, expected) => {
    expect(applyMergePatch(frozen(document), frozen(patch))).toEqual(expected);
  });

  test("a patch of what is already so gives the document itself", () => {
    const document = frozen({ a: { b: [1], c: 1 } });
    expect(applyMergePatch(document, { a: { c: 1, x: null } })).toBe(document);
    const changed = applyMergePatch(document, { d: 1 }) as typeof document;
    expect(changed.a).toBe(document.a);
  });

  test("merging twice changes nothing more", () => {
    fc.assert(
      fc.property(json, json, (document, patch) => {
        const once = applyMergePatch(document, patch);
        expect(applyMergePatch(once, patch)).toEqual(once);
      }),
    );
  });

  test("a member called __proto__ is data and reaches no prototype", () => {
    const patch: unknown = JSON.parse('{"__proto__": {"polluted": true}}');
    const merged = applyMergePatch({}, patch) as Record<string, unknown>;
    expect(Object.keys(merged)).toEqual(["__proto__"]);
    expect(merged["polluted"]).toBeUndefined();
  });

  test("nesting too deep is refused, not a stack overflow", () => {
    const deep = Array.from({ length: 100_000 }).reduce<unknown>((inner) => ({ a: inner }), 1);
    expect(() => applyMergePatch({}, deep)).toThrow(/nested deeper than/);
  });
});

/** RFC 6902 in its plainest form: a deep clone that is written to. */
function reference(document: unknown, operations: readonly JsonPatchOperation[]): unknown {
  let root: { value: unknown } = { value: structuredClone(document) };
  for (const [index, operation] of operations.entries()) {
    const next = structuredClone(root);
    if (!step(next, operation)) return { ok: false, index };
    root = next;
  }
  return { ok: true, value: root.value };
}

function step(root: { value: unknown }, operation: JsonPatchOperation): boolean {
  const path = ["value", ...(parsePointer(operation.path) ?? [])];
  switch (operation.op) {
    case "add":
      return insert(root, path, structuredClone(operation.value));
    case "remove":
      return path.length > 1 && take(root, path) !== undefined;
    case "replace":
      return overwrite(root, path, structuredClone(operation.value));
    case "test": {
      const found = look(root, path);
      return found !== undefined && jsonEqual(found.value, operation.value);
    }
    case "copy":
    case "move": {
      const from = ["value", ...(parsePointer(operation.from) ?? [])];
      const isInside = path.length > from.length && from.every((part, depth) => part === path[depth]);
      if (operation.op === "move" && isInside) return false;
      const found = look(root, from);
      if (found === undefined) return false;
      const value = structuredClone(found.value);
      if (operation.op === "move" && formatPointer(from) === formatPointer(path)) return true;
      if (operation.op === "move" && (from.length === 1 || take(root, from) === undefined)) return false;
      return insert(root, path, value);
    }
    default:
      return operation satisfies never;
  }
}

function look(root: unknown, path: readonly string[]): { value: unknown } | undefined {
  let value = root;
  for (const part of path) {
    if (Array.isArray(value)) {
      if (!/^(0|[1-9]\d*)$/.test(part) || Number(part) >= value.length) return undefined;
      value = value[Number(part)] as unknown;
    } else if (isJsonObject(value) && Object.hasOwn(value, part)) value = value[part];
    else return undefined;
  }
  return { value };
}

function insert(root: unknown, path: readonly string[], value: unknown): boolean {
  const parent = look(root, path.slice(0, -1))?.value;
  const last = path.at(-1) ?? "";
  if (Array.isArray(parent)) {
    if (last !== "-" && (!/^(0|[1-9]\d*)$/.test(last) || Number(last) > parent.length)) return false;
    parent.splice(last === "-" ? parent.length : Number(last), 0, value);
    return true;
  }
  if (!isJsonObject(parent)) return false;
  parent[last] = value;
  return true;
}

function overwrite(root: unknown, path: readonly string[], value: unknown): boolean {
  if (look(root, path) === undefined) return false;
  const parent = look(root, path.slice(0, -1))?.value as Record<string, unknown>;
  parent[path.at(-1) ?? ""] = value;
  return true;
}

function take(root: unknown, path: readonly string[]): { value: unknown } | undefined {
  const found = look(root, path);
  const parent = look(root, path.slice(0, -1))?.value;
  if (found === undefined) return undefined;
  if (Array.isArray(parent)) parent.splice(Number(path.at(-1)), 1);
  else delete (parent as Record<string, unknown>)[path.at(-1) ?? ""];
  return found;
}
