import { isInputError, type Document } from "@flotilla/core";
import { assert, asyncProperty, constantFrom, jsonValue as anyJson, string as anyString } from "fast-check";
import { describe, expect, test } from "vitest";
import { flattenLists, readDocuments, toYaml, type DocumentLimits } from "./index.ts";

const read = (text: string, file = "app.yaml", limits: Partial<DocumentLimits> = {}): Promise<readonly Document[]> =>
  readDocuments({ text, file }, limits);
const values = async (text: string, file?: string): Promise<unknown[]> =>
  (await read(text, file)).map(({ value }) => value);
/** The message of the InputError, one line per problem. */
async function refusal(text: string, file?: string, limits?: Partial<DocumentLimits>): Promise<string> {
  const error: unknown = await read(text, file, limits).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return isInputError(error) ? error.message : `not refused: ${String(error)}`;
}

/** JSON data without the keys that are refused, and without numbers that JSON cannot keep. */
const jsonValue = anyJson({ maxDepth: 6, noUnicodeString: false })
  .filter((value) => value !== null && !/__proto__|constructor|prototype/.test(JSON.stringify(value)))
  .map((value): unknown => JSON.parse(JSON.stringify(value, (_key, part: unknown) => (Object.is(part, -0) ? 0 : part))))
  .filter((value) => !JSON.stringify(value).match(/\d{16,}|e\+/));

describe("what was written is what is read", () => {
  test("JSON, as kubectl prints it", async () => {
    await assert(
      asyncProperty(jsonValue, constantFrom(0, 2, "\t"), async (value, indent) => {
        expect(await values(JSON.stringify(value, null, indent), "x.json")).toEqual([value]);
      }),
    );
  });

  test("our own YAML", async () => {
    await assert(
      asyncProperty(jsonValue, async (value) => {
        expect(await values(await toYaml(value))).toEqual([value]);
      }),
    );
  });

  test("strings that look like numbers, dates or truth values stay strings", async () => {
    const odd = anyString({
      unit: constantFrom(...Array.from("0123456789_.eExXbBoO+-yYnN~:fF <&*!|>%@`'\"#,[]{}?\n\t ")),
    });
    await assert(
      asyncProperty(odd, async (text) => {
        expect(await values(await toYaml({ [text]: text, list: [text] }))).toEqual([{ [text]: text, list: [text] }]);
      }),
      { numRuns: 500 },
    );
  });

  test("every part of a JSON text is found where it stands, in JSON and in YAML reading", async () => {
    await assert(
      asyncProperty(jsonValue, constantFrom("x.json", "x.yaml"), async (value, file) => {
        const text = JSON.stringify(value, null, 1);
        const lines = text.split("\n");
        const [document] = await read(text, file);
        for (const [path, part] of walk(value)) {
          const { line, column } = document!.locate(path);
          const rest = [lines[line - 1]!.slice(column - 1), ...lines.slice(line)].join("\n");
          expect(rest.startsWith(JSON.stringify(part, null, 1).split("\n")[0]!)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

function* walk(value: unknown, path: readonly (string | number)[] = []): Generator<[(string | number)[], unknown]> {
  yield [[...path], value];
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* walk(item, [...path, i]);
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) yield* walk(item, [...path, key]);
}

test("plain scalars mean what kubectl takes them for", async () => {
  const rows: readonly (readonly [string, unknown])[] = [
    ["0644", 420],
    ["0o17", 15],
    ["0x1F", 31],
    ["-0b11", -3],
    ["08", 8],
    ["1_000", 1000],
    ["+7", 7],
    ["-0", 0],
    ["1e3", 1000],
    [".5", 0.5],
    ["1.", 1],
    ["1_.5", 1.5],
    ["._5", "._5"],
    [".1_5", 0.15],
    ["6e640", "6e640"],
    ["1e3x", "1e3x"],
    ["yes", true],
    ["Off", false],
    ["yEs", "yEs"],
    ["~", null],
    ["NULL", null],
    ["1:30", "1:30"],
    ["2026-11-01", "2026-11-01"],
    ["1.2.3", "1.2.3"],
    ["1Gi", "1Gi"],
    ["'0644'", "0644"],
    ['"yes"', "yes"],
    ["!!str 0644", "0644"],
    ["!!int 7", 7],
    ["|\n  x\n", "x\n"],
  ];
  for (const [source, value] of rows) {
    expect([source, await values(`a: ${source}`)]).toEqual([source, [{ a: value }]]);
  }
});

test("streams, empty documents, a byte-order mark, CRLF and comments", async () => {
  expect(await values("\uFEFF# c\r\na: 1\r\n---\r\n---\r\n# nothing\r\n---\r\nb: |\r\n  x\r\n...\r\n")).toEqual([
    { a: 1 },
    { b: "x\n" },
  ]);
  expect(await values('{"a":1}\n{"b":2}', "x.json")).toEqual([{ a: 1 }, { b: 2 }]);
  expect(await values("{a: 1, b: [yes]}")).toEqual([{ a: 1, b: [true] }]);
  expect(await values("")).toEqual([]);
});

test("merge keys: what is written wins, then the earlier source; keys keep their text", async () => {
  const text = "x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  c: 3\n  <<: [*x, *y]\n1: one\non: two\n";
  expect(await values(text)).toEqual([
    { x: { a: 1, b: 1 }, y: { b: 2, c: 2 }, z: { a: 1, b: 1, c: 3 }, "1": "one", on: "two" },
  ]);
});

test("positions of keys, values, list items, absent parts and aliases", async () => {
  const [, document] = await read("---\na: 1\n---\nspec: &s\n  ports:\n    - {port:  80}\ncopy: *s\n");
  const at = (path: (string | number)[], target?: "key" | "value"): string => {
    const { file, line, column } = document!.locate(path, target);
    return `${file}:${line}:${column}`;
  };
  expect([
    at(["spec", "ports"], "key"),
    at(["spec", "ports"]),
    at(["spec", "ports", 0, "port"], "key"),
    at(["spec", "ports", 0, "port"]),
    at(["spec", "ports", 0, "nope", "deeper"]),
    at(["copy", "ports", 0, "port"]),
    at([]),
  ]).toEqual([
    "app.yaml:5:3",
    "app.yaml:6:5",
    "app.yaml:6:8",
    "app.yaml:6:15",
    "app.yaml:6:7",
    "app.yaml:6:15",
    "app.yaml:4:1",
  ]);
});

test("lists become their items, which keep their positions", async () => {
  const documents = flattenLists(
    await read("kind: List\nitems:\n- kind: A\n- kind: BList\n  items: [{kind: B,\n    n: 1}]\n"),
  );
  expect(documents.map(({ value }) => value)).toEqual([{ kind: "A" }, { kind: "B", n: 1 }]);
  expect(documents[1]!.locate(["n"])).toEqual({ file: "app.yaml", line: 6, column: 8 });
  expect(flattenLists(await read("{apiVersion: flotilla.dev/v1alpha1, kind: PriceList, items: [1]}"))).toHaveLength(1);
});

describe("bad input is refused with its place", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["a: 1\nb: 2\na: 3\n", "app.yaml", 'app.yaml:3:1: a: the key "a" is already there: keys must be unique'],
    ["a:\n\t- b\n", "app.yaml", "app.yaml:2:1: tabs may not indent: use spaces"],
    ["a: [1, 2\nb: 3\n", "app.yaml", "app.yaml:2:1: "],
    ["a:\n  __proto__: {}\n", "app.yaml", 'app.yaml:2:3: a.__proto__: the key "__proto__" is not allowed'],
    ["a: {constructor: 1}\n", "app.yaml", 'app.yaml:1:5: a.constructor: the key "constructor" is not allowed'],
    ["a: !!binary aGk=\n", "app.yaml", "app.yaml:1:13: a: the tag !!binary is not allowed: write plain data"],
    ["a: !!js/function 'x'\n", "app.yaml", "the tag !!js/function is not allowed"],
    ["a: !vault x\n", "app.yaml", "the tag !vault is not allowed"],
    ["%TAG ! tag:evil,2000:\n---\na: !x y\n", "app.yaml", "the tag tag:evil,2000:x is not allowed"],
    ["a: !!int x\n", "app.yaml", "app.yaml:1:10: a: not a value of the tag !!int"],
    ["a: *nope\n", "app.yaml", 'app.yaml:1:4: a: no anchor "&nope" before this alias'],
    ["a: &a [*a]\n", "app.yaml", 'app.yaml:1:8: a[0]: the alias "*a" contains itself'],
    ["? [a]\n: 1\n", "app.yaml", "app.yaml:1:3: a key must be a word or a number"],
    ["a: 9007199254740993\n", "app.yaml", "app.yaml:1:4: a: this number cannot be kept exactly"],
    ["a: .inf\n", "app.yaml", "app.yaml:1:4: a: not a JSON number"],
    ["<<: 1\n", "app.yaml", "app.yaml:1:5: <<: a merge key (<<) takes a mapping"],
    ["a: 1\0", "app.yaml", "app.yaml:1:5: a NUL character"],
    ['{"a": 1,\n "a": 2}', "x.json", 'x.json:2:2: a: the key "a" is already there: keys must be unique'],
    ['{"a": [1,]}', "x.json", 'x.json:1:10: a[1]: expected a value, found "]"'],
    ['{"a": 1', "x.json", 'x.json:1:8: expected "," or "}", found the end of the file'],
    ['{"a" 1}', "x.json", 'x.json:1:6: a: expected ":" after a key, found "1"'],
    ["{a: 1}", "x.json", 'x.json:1:2: expected a key in double quotes, found "a"'],
    ['{"a": "x', "x.json", "x.json:1:7: a: this string is not closed"],
    ['{"a": "\\q"}', "x.json", "x.json:1:7: a: not a JSON string"],
    ['{"a": 1e999}', "x.json", "x.json:1:7: a: this number cannot be kept exactly"],
    ['{"__proto__": 1}', "x.json", 'x.json:1:2: __proto__: the key "__proto__" is not allowed'],
  ];
  test.each(rows)("%j", async (text, file, message) => {
    expect(await refusal(text, file)).toContain(message);
  });

  test("several problems are told at once, a flood is cut", async () => {
    expect((await refusal("a: 1\na: 2\nb: .nan\n")).split("\n")).toHaveLength(2);
    expect((await refusal(`{"a": 0${',"a": 0'.repeat(1000)}}`, "x.json")).split("\n")).toHaveLength(50);
  });
});

describe("hostile input is refused in less than a second", () => {
  const bomb = `a0: &a0 [x, x]\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`).join("")}`;
  const deepAliases = `a0: &a0 [x]\n${Array.from({ length: 200 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]\n`).join("")}`;
  const rows: readonly (readonly [string, () => string, string, string])[] = [
    ["an alias bomb", () => bomb, "app.yaml", "aliases stand for more than 100000 nodes"],
    ["depth through aliases", () => deepAliases, "app.yaml", "nested deeper than 100 levels"],
    [
      "a merge bomb",
      () => bomb.replaceAll(/\[\*(a\d+), \*a\d+\]/g, "{<<: *$1, k: *$1}").replace("[x, x]", "{k: x}"),
      "app.yaml",
      "aliases stand for more than",
    ],
    ["10^6 brackets", () => "[".repeat(1e6), "app.yaml", "nested deeper than 100 levels"],
    [
      "10^6 closed brackets",
      () => "[".repeat(1e6) + "]".repeat(1e6),
      "x.json",
      "x.json:1:101: nested deeper than 100 levels",
    ],
    ["10^6 mappings", () => '{"a":'.repeat(1e6), "x.json", "nested deeper than 100 levels"],
    ["10^6 dashes", () => "- ".repeat(1e6), "app.yaml", "nested deeper than 100 levels"],
    ["10^6 complex keys", () => "? ".repeat(1e6), "app.yaml", "nested deeper than 100 levels"],
    [
      "a huge plain scalar",
      () => `a: ${"x".repeat(15e6)}`,
      "app.yaml",
      "a scalar of 15000000 characters: at most 2097152",
    ],
    [
      "a huge block scalar",
      () => `a: |\n${`  ${"x".repeat(998)}\n`.repeat(15e3)}`,
      "app.yaml",
      "at most 2097152 are read",
    ],
    [
      "a huge JSON string",
      () => `{"a":"${"x".repeat(15e6)}"}`,
      "x.json",
      "x.json:1:6: a: a scalar of 15000002 characters",
    ],
    ["a huge text", () => "x".repeat(17e6), "app.yaml", "larger than 16777216 bytes"],
  ];
  test.each(rows)("%s", async (_name, make, file, message) => {
    const text = make();
    await read("warm: up");
    // Processor time: how busy the machine is otherwise does not matter.
    const before = process.threadCpuUsage();
    expect(await refusal(text, file)).toContain(message);
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1000);
  });

  test("too many documents and too many tokens", async () => {
    expect(await refusal("---\na\n".repeat(20), "app.yaml", { documentsMax: 10 })).toContain("more than 10 documents");
    expect(await refusal("1 ".repeat(20), "x.json", { documentsMax: 10 })).toContain("more than 10 documents");
    expect(await refusal("\n".repeat(1e4), "app.yaml", { tokensMax: 1000 })).toContain("more than 1000 tokens");
  });

  test("exactly the permitted depth is read", async () => {
    const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
    expect(await values(nested(100), "x.json")).toHaveLength(1);
    expect(await values(`- ${nested(99)}`)).toHaveLength(1);
    expect(await refusal(nested(101), "x.json")).toContain("deeper");
    expect(await refusal(`- ${nested(100)}`)).toContain("deeper");
  });
});
