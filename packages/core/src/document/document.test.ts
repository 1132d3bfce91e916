import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Document, DocumentPath, Problem } from "./document.ts";
import { formatProblem, InputError, isInputError } from "./input-error.ts";
import { knownKeys } from "./known-keys.ts";
import { nearestName } from "./nearest-name.ts";
import { problemsFromIssues } from "./problems-from-issues.ts";
import type { SchemaIssue } from "./schema-issue.ts";

/** A document whose positions tell the path back: the column counts the path's parts, the line is where its first key stands. */
function aDocument(value: unknown): Document {
  const order = typeof value === "object" && value !== null ? Object.keys(value) : [];
  return {
    value,
    locate: (path: DocumentPath, target = "value") => ({
      file: target === "key" ? "key of app.yaml" : "app.yaml",
      line: path.length === 0 ? 1 : order.indexOf(String(path[0])) + 2,
      column: path.length + 1,
    }),
  };
}

function problems(value: unknown, issues: readonly SchemaIssue[], jsonSchema?: unknown): Problem[] {
  return problemsFromIssues({
    document: aDocument(value),
    issues,
    ...(jsonSchema === undefined ? {} : { jsonSchema }),
  });
}

function texts(value: unknown, issues: readonly SchemaIssue[], jsonSchema?: unknown): string[] {
  return problems(value, issues, jsonSchema).map(({ path, message, suggestion }) =>
    [path.join("."), message, ...(suggestion === undefined ? [] : [`→ ${suggestion}`])].join(" | "),
  );
}

describe("the nearest name", () => {
  const known = ["clusters", "replicas", "region", "regions", "labelSelector", "matchLabels", "op", "tolerations"];
  test.each<[string, string | undefined]>([
    ["cluster", "clusters"],
    ["replcias", "replicas"],
    ["Replicas", "replicas"],
    ["label-selector", "labelSelector"],
    ["label_selectr", "labelSelector"],
    ["toleration", "tolerations"],
    ["regoin", "region"],
    ["opp", "op"],
    ["matchExpressions", undefined],
    ["x", undefined],
    ["", undefined],
    ["zzzzzz", undefined],
    ["x".repeat(100_000), undefined],
  ])("%s means %s", (name, expected) => {
    expect(nearestName(name, known)).toBe(expected);
  });

  test("the nearer wins over the first, the first over its equals", () => {
    expect([nearestName("abcdef", ["abcxyf", "abcdex"]), nearestName("abcd", ["abcx", "abxd"])]).toEqual([
      "abcdex",
      "abcx",
    ]);
  });

  test("a name is never its own suggestion", () => {
    expect(nearestName("region", ["region", "regions"])).toBe("regions");
  });

  test("a name is suggested exactly when it is as near as promised", () => {
    const letters = fc.stringMatching(/^[abc]{0,7}$/);
    fc.assert(
      fc.property(letters, letters, (name, known) => {
        fc.pre(name !== known);
        const slips = slipsBetween(name, known);
        const isNear = slips <= Math.min(3, Math.max(1, Math.floor(name.length / 3))) && slips < name.length;
        expect(nearestName(name, [known])).toBe(isNear ? known : undefined);
      }),
      { numRuns: 3000 },
    );
  });

  test("names of up to 64 characters are compared", () => {
    const long = "x".repeat(63);
    expect(nearestName(`${long}y`, [`${long}z`])).toBe(`${long}z`);
    expect(nearestName(`${long}yy`, [`${long}z`])).toBeUndefined();
    expect(nearestName(`${long}y`, [`${long}zz`])).toBeUndefined();
  });

  test("one slip of any kind is found in any long enough name", () => {
    const letters = fc.stringMatching(/^[a-z]{4,20}$/);
    fc.assert(
      fc.property(
        letters,
        fc.nat(),
        fc.nat(),
        fc.constantFrom("drop", "add", "change", "swap"),
        (name, at, letter, slip) => {
          const index = at % (name.length - 1);
          const character = String.fromCharCode(97 + (letter % 26));
          const [head, here, next, tail] = [name.slice(0, index), name[index], name[index + 1], name.slice(index + 2)];
          const middle = {
            drop: next,
            add: `${here}${character}${next}`,
            change: `${character}${next}`,
            swap: `${next}${here}`,
          }[slip];
          const slipped = `${head}${middle}${tail}`;
          fc.pre(slipped !== name);
          expect(nearestName(slipped, [name])).toBe(name);
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** Optimal string alignment distance by its definition, without a limit. */
function slipsBetween(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const isSame = a.at(-1) === b.at(-1);
  const isSwap = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return Math.min(
    slipsBetween(a.slice(0, -1), b) + 1,
    slipsBetween(a, b.slice(0, -1)) + 1,
    slipsBetween(a.slice(0, -1), b.slice(0, -1)) + (isSame ? 0 : 1),
    ...(isSwap ? [slipsBetween(a.slice(0, -2), b.slice(0, -2)) + 1] : []),
  );
}

const SCHEMA = {
  $defs: {
    selector: {
      type: "object",
      properties: { names: { type: "array" }, labelSelector: { $ref: "#/$defs/labels" } },
      allOf: [{ properties: { exclude: {} } }],
    },
    labels: { type: "object", properties: { matchLabels: {}, matchExpressions: {} } },
    tree: { properties: { left: { $ref: "#/$defs/tree" }, leaf: {} } },
  },
  type: "object",
  properties: {
    clusters: { $ref: "#/$defs/selector" },
    rules: { type: "array", items: { properties: { image: {}, env: {} } } },
    pair: { type: "array", prefixItems: [{ properties: { first: {} } }], items: { properties: { rest: {} } } },
    score: { propertyNames: { enum: ["capacity", "cost"] }, additionalProperties: { properties: { weight: {} } } },
    shape: {
      oneOf: [
        { properties: { kind: { const: "round" }, radius: {} } },
        { properties: { kind: { enum: ["flat", "square"] }, side: {} } },
      ],
    },
    tree: { $ref: "#/$defs/tree" },
    strange: { anyOf: [true, { $ref: "#/$defs/nothing" }, { $ref: "https://elsewhere.example/schema" }] },
  },
};

describe("the names a schema knows", () => {
  const value = { shape: { kind: "flat" }, rules: [{}], tree: { left: { left: {} } } };
  test.each<[DocumentPath, readonly string[]]>([
    [["clusters"], ["names", "labelSelector", "exclude"]],
    [
      ["clusters", "labelSelector"],
      ["matchLabels", "matchExpressions"],
    ],
    [
      ["rules", 3],
      ["image", "env"],
    ],
    [["pair", 0], ["first"]],
    [["pair", 1], ["rest"]],
    [["score"], ["capacity", "cost"]],
    [["score", "cost"], ["weight"]],
    [["shape"], ["kind", "side"]],
    [
      ["tree", "left", "left"],
      ["left", "leaf"],
    ],
    [["strange"], []],
    [["nothing", "there"], []],
    [["constructor"], []],
  ])("at %j are %j", (path, expected) => {
    expect(knownKeys(SCHEMA, value, path)).toEqual(expected);
  });

  test("an alternative that no constant decides leaves all open", () => {
    expect(knownKeys(SCHEMA, { shape: { kind: "odd" } }, ["shape"])).toEqual(["kind", "radius", "side"]);
    expect(knownKeys(SCHEMA, {}, ["shape"])).toEqual(["kind", "radius", "side"]);
  });

  test("no schema knows no names, and a schema of itself ends", () => {
    expect([knownKeys(undefined, {}, []), knownKeys({ $ref: "#" }, {}, ["a"])]).toEqual([[], []]);
  });
});

describe("complaints as problems", () => {
  test("each unknown field is one problem at its own key, with the nearest name of its level", () => {
    const value = { clusters: { nmaes: [], other: 1 } };
    const issue: SchemaIssue = {
      code: "unrecognized_keys",
      keys: ["nmaes", "other"],
      path: ["clusters"],
      message: "Unrecognized",
    };
    const [first, second] = problems(value, [issue], SCHEMA);
    expect(first).toEqual({
      position: { file: "key of app.yaml", line: 2, column: 3 },
      path: ["clusters", "nmaes"],
      message: "unknown field; known here: names, labelSelector, exclude",
      suggestion: "names",
    });
    expect(second?.path).toEqual(["clusters", "other"]);
    expect(second).not.toHaveProperty("suggestion");
  });

  test("without a schema an unknown field is just that", () => {
    expect(texts({ x: 1 }, [{ code: "unrecognized_keys", keys: ["x"], path: [], message: "" }])).toEqual([
      "x | unknown field",
    ]);
  });

  test.each<[string, unknown, SchemaIssue, string]>([
    [
      "a wrong type",
      { a: [] },
      { code: "invalid_type", expected: "string", path: ["a"], message: "" },
      "a | expected string, found array",
    ],
    [
      "null",
      { a: null },
      { code: "invalid_type", expected: "number", path: ["a"], message: "" },
      "a | expected number, found null",
    ],
    [
      "what is not there",
      {},
      { code: "invalid_type", expected: "string", path: ["a"], message: "" },
      "a | required: expected string",
    ],
    [
      "a misspelt word",
      { mode: "Devide" },
      { code: "invalid_value", values: ["Divide", "Duplicate"], path: ["mode"], message: "" },
      'mode | expected "Divide" or "Duplicate" | → Divide',
    ],
    [
      "a required word",
      {},
      { code: "invalid_value", values: ["v1"], path: ["apiVersion"], message: "" },
      'apiVersion | required: expected "v1"',
    ],
    [
      "a small number",
      { n: -1 },
      { code: "too_small", path: ["n"], message: "Too small: expected number to be >=0" },
      "n | expected number to be >=0",
    ],
    [
      "a rule of our own",
      { cpu: "1x" },
      { code: "custom", path: ["cpu"], message: "not a quantity" },
      "cpu | not a quantity",
    ],
    [
      "a name that is not allowed",
      { score: { cst: 1 } },
      {
        code: "invalid_key",
        path: ["score", "cst"],
        message: "",
        issues: [{ code: "invalid_value", values: [], path: [], message: "must be a score" }],
      },
      "score.cst | this name is not allowed here: must be a score | → cost",
    ],
    [
      "an element",
      { set: [1] },
      {
        code: "invalid_element",
        path: ["set"],
        message: "",
        issues: [{ code: "invalid_type", expected: "string", path: [0], message: "" }],
      },
      "set.0 | expected string, found number",
    ],
    [
      "an unknown kind",
      { shape: { kind: "suare" } },
      { code: "invalid_union", errors: [], options: ["round", "square"], path: ["shape", "kind"], message: "" },
      'shape.kind | expected "round" or "square" | → square',
    ],
    [
      "none of several types",
      { q: true },
      {
        code: "invalid_union",
        path: ["q"],
        message: "",
        errors: [
          [{ code: "invalid_type", expected: "string", path: [], message: "" }],
          [{ code: "invalid_type", expected: "number", path: [], message: "" }],
          [{ code: "invalid_type", expected: "string", path: [], message: "" }],
        ],
      },
      "q | expected string or number, found boolean",
    ],
    [
      "an object where a word would do as well",
      { q: { user: true } },
      {
        code: "invalid_union",
        path: ["q"],
        message: "",
        errors: [
          [{ code: "invalid_value", values: ["default"], path: [], message: "" }],
          [{ code: "invalid_type", expected: "string", path: ["user"], message: "" }],
        ],
      },
      "q.user | expected string, found boolean",
    ],
    [
      "another word",
      { q: "defualt" },
      {
        code: "invalid_union",
        path: ["q"],
        message: "",
        errors: [
          [{ code: "invalid_value", values: ["default"], path: [], message: "" }],
          [{ code: "invalid_type", expected: "object", path: [], message: "" }],
        ],
      },
      'q | expected "default" | → default',
    ],
    [
      "neither the word nor an object",
      { q: 5 },
      {
        code: "invalid_union",
        path: ["q"],
        message: "",
        errors: [
          [{ code: "invalid_value", values: ["default"], path: [], message: "" }],
          [{ code: "invalid_type", expected: "object", path: [], message: "" }],
        ],
      },
      'q | expected "default" or object, found number',
    ],
  ])("%s", (_name, value, issue, expected) => {
    expect(texts(value, [issue], SCHEMA)).toEqual([expected]);
  });

  test("of several alternatives the nearest speaks, at its place in the document", () => {
    const issue: SchemaIssue = {
      code: "invalid_union",
      path: ["rules", 0],
      message: "",
      errors: [
        [{ code: "invalid_type", expected: "string", path: [], message: "" }],
        [
          { code: "invalid_type", expected: "string", path: ["image"], message: "" },
          { code: "invalid_type", expected: "array", path: ["env"], message: "" },
        ],
        [{ code: "invalid_type", expected: "array", path: ["env"], message: "" }],
      ],
    };
    expect(texts({ rules: [{ env: 1 }] }, [issue])).toEqual(["rules.0.env | expected array, found number"]);
  });

  test("they come in the order of the file", () => {
    const at = (key: string): SchemaIssue => ({ code: "custom", path: [key], message: "bad" });
    expect(texts({ a: 1, b: 2, c: 3 }, [at("c"), at("a"), at("b")])).toEqual(["a | bad", "b | bad", "c | bad"]);
  });

  test("a value is never repeated: it may be a secret", () => {
    const value = { token: "s3cret" };
    const issues: SchemaIssue[] = [
      { code: "invalid_type", expected: "number", path: ["token"], message: "" },
      { code: "invalid_value", values: ["a", "b"], path: ["token"], message: "" },
    ];
    expect(JSON.stringify(problems(value, issues))).not.toContain("s3cret");
  });
});

test("bad input is one error with a line for each problem", () => {
  const position = { file: "app.yaml", line: 3, column: 5 };
  const error = new InputError([
    { position, path: ["spec", "rules", 0, "image"], message: "unknown field", suggestion: "images" },
    { position, path: [], message: "empty" },
  ]);
  expect(error.message).toBe(
    'app.yaml:3:5: spec.rules[0].image: unknown field (did you mean "images"?)\napp.yaml:3:5: empty',
  );
  expect([isInputError(error), isInputError(new Error("x"))]).toEqual([true, false]);
  expect(formatProblem({ position, path: [0, "a"], message: "m" })).toBe("app.yaml:3:5: [0].a: m");
});
