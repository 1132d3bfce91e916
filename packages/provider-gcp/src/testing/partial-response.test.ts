import { expect, test } from "vitest";
import { partialResponse } from "./partial-response.ts";

const LIST = {
  kind: "list",
  nextPageToken: "t",
  items: { a: { groups: [{ name: "g", size: 3, deep: { x: 1, y: 2 } }], warning: "w" }, b: { warning: "none" } },
};

test.for([
  ["kind", { kind: "list" }],
  ["kind,nextPageToken", { kind: "list", nextPageToken: "t" }],
  ["items/*/groups(name,size)", { items: { a: { groups: [{ name: "g", size: 3 }] }, b: {} } }],
  ["items/*/groups/name,items/*/groups/deep/x", { items: { a: { groups: [{ name: "g", deep: { x: 1 } }] }, b: {} } }],
  ["items/b", { items: { b: { warning: "none" } } }],
  ["unheard", {}],
  ["*", LIST],
] as const)("%s keeps %o", ([fields, kept]) => {
  expect(partialResponse(LIST, fields)).toEqual({ value: kept });
});

test.for(["", "a,", "a(b", "a)b", "a//b", "a b", ",a"])("%s is no list of fields", (fields) => {
  expect(partialResponse(LIST, fields)).toBeUndefined();
});
