import { expect, test } from "vitest";
import { dollars } from "./money.ts";
import { createStyle } from "./style.ts";

const terminal = { write: () => true, isTTY: true };

test("colours only on a terminal, and never with NO_COLOR or TERM=dumb", () => {
  const painted = "\u001B[32mok\u001B[39m";
  expect(createStyle(terminal, {}).good("ok")).toBe(painted);
  expect(createStyle(terminal, { NO_COLOR: "" }).good("ok")).toBe(painted);
  expect(createStyle(terminal, { NO_COLOR: "1" }).good("ok")).toBe("ok");
  expect(createStyle(terminal, { TERM: "dumb" }).good("ok")).toBe("ok");
  expect(createStyle({ write: () => true }, {}).good("ok")).toBe("ok");
  expect(createStyle(terminal, {}).bold("")).toBe("");
});

test("dollars keep enough digits to tell small amounts apart", () => {
  expect([0, 0.05, 0.1, 3.999, 1234.5].map(dollars)).toEqual(["$0.00", "$0.0500", "$0.10", "$4.00", "$1,234.50"]);
});
