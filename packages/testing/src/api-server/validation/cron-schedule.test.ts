import { expect, test } from "vitest";
import { isCronSchedule } from "./cron-schedule.ts";

test.each(["0 0 1 1 *", "*/5 * * * *", "0-10/2,30 8-18 * jan-mar MON,fri", "@daily", "@every 1h30m", "59 23 31 12 6"])(
  "%s can be read",
  (text) => {
    expect(isCronSchedule(text)).toBe(true);
  },
);

test.each([
  "whenever",
  "",
  "0 0 1 1",
  "0 0 1 1 * *",
  "60 0 1 1 *",
  "0 0 0 1 *",
  "0 0 1 13 *",
  "0 0 1 1 7",
  "5-1 0 1 1 *",
  "*/0 0 1 1 *",
  "1- 0 1 1 *",
  "@sometimes",
  "@every soon",
])("%s cannot", (text) => {
  expect(isCronSchedule(text)).toBe(false);
});
