import { expect, test } from "vitest";
import { eachPage } from "./all-pages.ts";

test("every page is read, in order, to the last", async () => {
  const read: (string | undefined)[] = [];
  await eachPage("list", async (link) => {
    read.push(link);
    return read.length < 4 ? `p${read.length}` : undefined;
  });
  expect(read).toEqual([undefined, "p1", "p2", "p3"]);
});

test.each([
  ["repeat", () => "same", 2, "the link to the next page repeats"],
  ["are always new", (count: number) => `p${count}`, 10_001, "more than 10000 pages"],
] as const)("links that %s end in an error", async (_name, next, reads, why) => {
  let count = 0;
  const reading = eachPage("azure things.list", async () => next((count += 1)));
  await expect(reading).rejects.toMatchObject({
    kind: "transient",
    message: expect.stringMatching(`${why}.* is there a proxy`) as unknown,
  });
  expect(count).toBe(reads);
});
