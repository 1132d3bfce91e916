import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { applyJsonPatch } from "./apply-json-patch.ts";
import type { JsonPatchOperation } from "./json-patch-operation.ts";

// The community suite of RFC 6902 (json-patch-test-suite 1.1.0): every record of both files, the four disabled ones included.
interface SuiteCase {
  readonly comment?: string;
  readonly doc?: unknown;
  readonly patch?: readonly JsonPatchOperation[];
  readonly expected?: unknown;
  readonly error?: string;
}

/**
 * The one fault that cannot reach us: a member given twice. After `JSON.parse` the last one stands, which makes the record an
 * ordinary move; reading files a person wrote is where duplicates are refused.
 */
const DUPLICATE_MEMBER = { error: "patch has two 'op' members", outcome: { ok: true, value: { baz: "bar" } } };

const SOME_TEXT = expect.stringMatching(/./) as string;

function expectedOutcome(record: SuiteCase): Record<string, unknown> {
  if (record.error === DUPLICATE_MEMBER.error) return DUPLICATE_MEMBER.outcome;
  if (record.error !== undefined) return { ok: false, message: SOME_TEXT };
  return { ok: true, value: "expected" in record ? record.expected : record.doc };
}

const load = createRequire(import.meta.url);
for (const file of ["tests.json", "spec_tests.json"]) {
  const records = load(`json-patch-test-suite/${file}`) as readonly SuiteCase[];
  records.forEach((record, index) => {
    const { patch, doc } = record;
    if (patch === undefined) return; // a comment on its own
    test(`${file} #${index} ${record.comment ?? record.error ?? ""}`, () => {
      const before = structuredClone(doc);
      expect(applyJsonPatch(doc, patch)).toMatchObject(expectedOutcome(record));
      expect(doc).toEqual(before);
    });
  });
}
