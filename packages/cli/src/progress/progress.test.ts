import { expect, test } from "vitest";
import { createProgress } from "./progress.ts";

function recording(isTTY: boolean, columns?: number) {
  const written: string[] = [];
  const write = (text: string): number => written.push(text);
  return { written, output: { write, isTTY, ...(columns === undefined ? {} : { columns }) } };
}

const at = (done: number, total: number, phase = "apply") => ({ phase, done, total, message: `object ${done}` });

test("on a terminal one line is rewritten, cut to its width and taken away at the end", () => {
  const { written, output } = recording(true, 24);
  const progress = createProgress(output, { isQuiet: false });
  progress.report(at(1, 20));
  progress.report({ ...at(2, 20), message: "a message that is too long" });
  progress.clear();
  progress.clear();
  expect(written).toEqual(["\r\u001B[2Kapply 1/20: object 1", "\r\u001B[2Kapply 2/20: a message …", "\r\u001B[2K"]);
});

test("elsewhere plain lines: about ten per phase, the last one always", () => {
  const { written, output } = recording(false);
  const progress = createProgress(output, { isQuiet: false });
  for (let done = 1; done <= 1000; done += 1) progress.report(at(done, 1000));
  progress.report(at(0, 0, "wait"));
  expect(written.length).toBeGreaterThan(8);
  expect(written.length).toBeLessThan(14);
  expect(written.slice(-2)).toEqual(["apply 1000/1000: object 1000\n", "wait: object 0\n"]);
});

test("quiet is quiet", () => {
  const { written, output } = recording(true);
  const progress = createProgress(output, { isQuiet: true });
  progress.report(at(1, 2));
  progress.clear();
  expect(written).toEqual([]);
});
