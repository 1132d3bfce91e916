import type { Cause } from "../http/status-error.ts";
import { equalJson, isObject, objectAt, stringAt, valueAt, withAt, type JsonObject } from "../json/json.ts";
import { invalidValue } from "./causes.ts";
import { isCronSchedule } from "./cron-schedule.ts";

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_MAX = 63;
const KEY = /^[-._a-zA-Z0-9]+$/;
const KEY_MAX = 253;

/** A container's name is a DNS label; a missing one is another rule's. */
export function containerName(name: string, field: string): Cause[] {
  if (name === "" || (LABEL.test(name) && name.length <= LABEL_MAX)) return [];
  return [
    invalidValue(
      field,
      name,
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
    ),
  ];
}

/** Keys of a ConfigMap's or a Secret's values: they become file names. */
export function valueKeys(object: JsonObject, fields: readonly string[]): Cause[] {
  return fields.flatMap((field) =>
    Object.keys(objectAt(object, field))
      .filter((key) => !KEY.test(key) || key.length > KEY_MAX || key === "." || key === "..")
      .map((key) =>
        invalidValue(
          `${field}[${key}]`,
          key,
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        ),
      ),
  );
}

/** When a CronJob starts. */
export function cronSchedule(object: JsonObject): Cause[] {
  const schedule = stringAt(object, "spec", "schedule") ?? "";
  if (schedule === "" || isCronSchedule(schedule)) return [];
  return [
    invalidValue(
      "spec.schedule",
      schedule,
      `expected exactly 5 fields, found ${schedule.trim().split(/\s+/).length}: [${schedule}]`,
    ),
  ];
}

/** Where a job's pods go may change while it is suspended and was never started; nothing else of its template may. */
const OPEN_WHILE_SUSPENDED: readonly (readonly string[])[] = [
  ["metadata", "labels"],
  ["metadata", "annotations"],
  ["spec", "nodeSelector"],
  ["spec", "tolerations"],
  ["spec", "schedulingGates"],
  ["spec", "affinity", "nodeAffinity"],
];

/** Source: ValidateJobUpdate of Kubernetes 1.36. */
export function jobTemplate(object: JsonObject, old: JsonObject): Cause[] {
  const isOpen = valueAt(old, "spec", "suspend") === true && valueAt(old, "status", "startTime") === undefined;
  const [before, after] = [objectAt(old, "spec", "template"), objectAt(object, "spec", "template")];
  const fixed = isOpen ? withoutOpen : (template: JsonObject): JsonObject => template;
  return equalJson(fixed(after), fixed(before)) ? [] : [invalidValue("spec.template", after, "field is immutable")];
}

function withoutOpen(template: JsonObject): JsonObject {
  const bare = OPEN_WHILE_SUSPENDED.reduce(
    (rest, path) => (valueAt(rest, ...path) === undefined ? rest : withAt(rest, path, undefined)),
    template,
  );
  const affinity = valueAt(bare, "spec", "affinity");
  const isEmpty = isObject(affinity) && Object.keys(affinity).length === 0;
  return isEmpty ? withAt(bare, ["spec", "affinity"], undefined) : bare;
}
