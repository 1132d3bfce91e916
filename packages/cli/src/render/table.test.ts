import { assert, array, integer, property, string } from "fast-check";
import { expect, test } from "vitest";
import { createClusterNames } from "./cluster-names.ts";
import { plain } from "./plain.ts";
import { formatTable } from "./table.ts";

const columns = [
  { title: "NAME", shrinkTo: 4 },
  { title: "N", align: "right" as const },
  { title: "WHY", shrinkTo: 5 },
];

test("words stand left, numbers right, the last column is not padded", () => {
  expect(
    formatTable(
      columns,
      [
        ["a", "1", "because"],
        ["longer", "1000", "x"],
      ],
      { indent: "> " },
    ),
  ).toEqual(["> NAME       N  WHY", "> a          1  because", "> longer  1000  x"]);
});

test("a narrow terminal shortens the widest column that may shrink, and no other", () => {
  const rows = [["abcdefghij", "1234567", "a very long reason"]];
  expect(formatTable(columns, rows, { width: 30 })[1]).toBe("abcdefgh…  1234567  a very lo…");
  expect(formatTable(columns, rows, { width: 5 })[1]).toBe("abc…  1234567  a ve…");
});

test("colours do not count as width, and are put on after shortening", () => {
  const paint = (text: string): string => `<${text}>`;
  const [, line] = formatTable(columns, [[{ text: "abcdefgh", paint }, "1", "x"]], { width: 14 });
  expect(line).toBe("<abcde…>  1  x");
});

test("every line fits the width once the columns may shrink far enough, and rows line up", () => {
  assert(
    property(array(string(), { minLength: 1, maxLength: 8 }), integer({ min: 20, max: 60 }), (texts, width) => {
      const lines = formatTable(
        columns,
        texts.map((text) => [text, "7", text]),
        { width },
      );
      for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(width);
      expect(new Set(lines.slice(1).map((line) => Array.from(line).indexOf("7"))).size).toBeLessThanOrEqual(
        texts.length,
      );
    }),
  );
});

test("what a cluster says cannot steer the terminal", () => {
  expect(plain("a\u001B[31mred\u0007\nb\u202Etxt")).toBe("a?[31mred? b?txt");
  expect(formatTable([{ title: "A" }], [["\u001B]0;owned\u0007"]])[1]).toBe("?]0;owned?");
});

test("clusters go by their bare name unless two share it; ids in texts too, the longer id first", () => {
  const names = createClusterNames([
    "kubeconfig/p/-/eu",
    "kubeconfig/p/-/eu-1",
    "kubeconfig/p/-/us",
    "kubeconfig/q/-/us",
  ]);
  expect(names.of("kubeconfig/p/-/eu")).toBe("eu");
  expect(names.of("kubeconfig/p/-/us")).toBe("kubeconfig/p/-/us");
  expect(names.inText("kubeconfig/p/-/eu-1 and kubeconfig/p/-/eu, not kubeconfig/q/-/us\u0007")).toBe(
    "eu-1 and eu, not kubeconfig/q/-/us?",
  );
});
