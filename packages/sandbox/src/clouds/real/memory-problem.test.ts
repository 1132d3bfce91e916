import { expect, test } from "vitest";
import { memoryProblem } from "./memory-problem.ts";

const MIB = 1024 ** 2;

test("as many as memory holds may start, and one more may not", () => {
  expect(memoryProblem(9, 2_700 * MIB)).toBeUndefined();
  expect(memoryProblem(10, 2_700 * MIB)).toBe(
    "10 real control planes take about 2.9 GiB of memory and 2.6 GiB are free: there is room for 9",
  );
});
