import type { JsonChange } from "@flotilla/core";
import type { DiffView, ObjectDiffView } from "../output/diff-view.ts";
import { createClusterNames } from "./cluster-names.ts";
import { refText } from "./format-ref.ts";
import type { Page } from "./page.ts";
import { count, plain } from "./plain.ts";

/** What would change, field by field; what stays as it is is only counted. */
export function renderDiff(page: Page, view: DiffView): void {
  const { style } = page;
  const names = createClusterNames(view.objects.map(({ cluster }) => cluster));
  const different = view.objects.filter(({ change }) => change !== "unchanged");
  for (const object of different) {
    page.line(`${title(page, object)} ${style.bold(plain(refText(object)))} on ${names.of(object.cluster)}`);
    if (object.message !== undefined) page.line(`    ${style.warn(names.inText(object.message))}`);
    for (const { field, manager } of object.conflicts)
      page.line(`    ${style.bad(plain(`${field} is owned by ${manager}`))}`);
    if (object.change !== "create" && object.change !== "remove") renderChanges(page, object.changes);
  }
  const same = view.objects.length - different.length;
  page.line(
    different.length === 0
      ? `No difference: ${count(same, "object")} as planned.`
      : `${count(different.length, "object")} to change, ${same} as planned.`,
  );
}

function title(page: Page, { change }: ObjectDiffView): string {
  const { good, warn, bad } = page.style;
  switch (change) {
    case "create":
      return good("+ create");
    case "remove":
      return bad("- remove");
    case "change":
    case "unchanged":
      return warn("~ change");
    case "conflict":
    case "foreign":
    case "invalid":
    case "failed":
      return bad(`! ${change}`);
  }
}

function renderChanges(page: Page, changes: readonly JsonChange[]): void {
  const { good, bad, dim } = page.style;
  for (const change of changes) {
    page.line(`    ${dim(plain(change.path))}`);
    if (change.op !== "add") page.line(`      ${bad(`- ${valueText(change.before)}`)}`);
    if (change.op !== "remove") page.line(`      ${good(`+ ${valueText(change.after)}`)}`);
  }
}

const VALUE_CHARS_MAX = 200;

function valueText(value: unknown): string {
  const text = plain(JSON.stringify(value) ?? "");
  return text.length > VALUE_CHARS_MAX ? `${text.slice(0, VALUE_CHARS_MAX - 1)}…` : text;
}
