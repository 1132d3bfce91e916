import { expect, test } from "vitest";
import { SharedTask } from "./shared-task.ts";

/** A task that ends by hand and says whether it was aborted. */
function aTask() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const seen = { started: 0, aborted: false };
  const run = async (signal: AbortSignal): Promise<string> => {
    seen.started += 1;
    signal.addEventListener("abort", () => {
      seen.aborted = true;
    });
    return promise;
  };
  return { run, resolve, reject, seen };
}

test("who asks while it runs gets the same result from one run; later ones start another", async () => {
  const shared = new SharedTask<string>();
  const task = aTask();
  const both = Promise.all([
    shared.run(task.run, { signal: new AbortController().signal }),
    shared.run(task.run, { signal: new AbortController().signal }),
  ]);
  task.resolve("x");
  expect([await both, task.seen.started]).toEqual([["x", "x"], 1]);
  await shared.run(task.run, { signal: new AbortController().signal });
  expect(task.seen.started).toBe(2);
});

test("one who leaves does not take it from the others; the last one ends it", async () => {
  const shared = new SharedTask<string>();
  const task = aTask();
  const [first, second] = [new AbortController(), new AbortController()];
  const [one, two] = [shared.run(task.run, first), shared.run(task.run, second)];
  first.abort(new Error("enough"));
  await expect(one).rejects.toThrow("enough");
  expect(task.seen.aborted).toBe(false);
  second.abort(new Error("too"));
  await expect(two).rejects.toThrow("too");
  expect(task.seen.aborted).toBe(true);
});

test("whoever comes after everybody left gets a run of his own", async () => {
  const shared = new SharedTask<string>();
  const stopped = aTask();
  const first = new AbortController();
  const one = shared.run(stopped.run, first);
  first.abort(new Error("enough"));
  await expect(one).rejects.toThrow("enough");
  const fresh = aTask();
  const two = shared.run(fresh.run, { signal: new AbortController().signal });
  stopped.reject(new Error("stopped"));
  fresh.resolve("y");
  expect(await two).toBe("y");
});
