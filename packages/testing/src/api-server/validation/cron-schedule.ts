/** Least and greatest value of each field: minute, hour, day of month, month, day of week. */
const FIELDS: readonly (readonly [least: number, greatest: number, names: readonly string[]])[] = [
  [0, 59, []],
  [0, 23, []],
  [1, 31, []],
  [1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]],
  [0, 6, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]],
];
const MACROS = new Set(["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"]);
const DURATION = /^@every (\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/;

/** Whether a CronJob's schedule can be read: five fields, a macro, or `@every DURATION`. Source: robfig/cron v3, standard parser. */
export function isCronSchedule(text: string): boolean {
  if (text.startsWith("@")) return MACROS.has(text) || DURATION.test(text);
  const fields = text.trim().split(/\s+/);
  return (
    fields.length === FIELDS.length &&
    fields.every((field, index) => field.split(",").every((part) => isPart(part, index)))
  );
}

function isPart(part: string, index: number): boolean {
  const [range = "", step, more] = part.split("/");
  if (more !== undefined || (step !== undefined && !(/^\d+$/.test(step) && Number(step) > 0))) return false;
  if (range === "*" || range === "?") return true;
  const ends = range.split("-").map((end) => valueOf(end, index));
  const [first, last = first, ...rest] = ends;
  return rest.length === 0 && first !== undefined && last !== undefined && !ends.includes(undefined) && first <= last;
}

function valueOf(text: string, index: number): number | undefined {
  const [least = 0, greatest = 0, names = []] = FIELDS[index] ?? [];
  const named = names.indexOf(text.toLowerCase());
  const value = named >= 0 ? named + least : /^\d+$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value >= least && value <= greatest ? value : undefined;
}
