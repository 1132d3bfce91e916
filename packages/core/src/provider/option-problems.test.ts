import { expect, test } from "vitest";
import type { Document } from "../document/document.ts";
import { optionProblems } from "./option-problems.ts";

const SCHEMA = { type: "object", properties: { regions: { type: "array" }, spot: { type: "boolean" } } };
const unknownField = { code: "unrecognized_keys", keys: ["region"], path: [], message: "" };

test("a problem stands where the options stand in the configuration, with the nearest name that they know", () => {
  const options = { region: ["eu-west-1"] };
  const document: Document = {
    value: { spec: { providers: [{ options }] } },
    locate: (path, target) => ({ file: `fleet.yaml ${path.join(".")} ${target}`, line: 6, column: 3 }),
  };
  const path = ["spec", "providers", 0, "options"];
  expect(optionProblems({ name: "aws", options, source: { document, path } }, [unknownField], SCHEMA)).toEqual([
    {
      position: { file: "fleet.yaml spec.providers.0.options.region key", line: 6, column: 3 },
      path: ["spec", "providers", 0, "options", "region"],
      message: "unknown field; known here: regions, spot",
      suggestion: "regions",
    },
  ]);
});

test("options that come from code are told by the provider's name", () => {
  expect(optionProblems({ name: "aws", options: { region: 1 } }, [unknownField], SCHEMA)).toMatchObject([
    { position: { file: "options of provider aws" }, path: ["region"], suggestion: "regions" },
  ]);
});
