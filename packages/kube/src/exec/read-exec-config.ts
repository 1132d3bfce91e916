import { isJsonObject } from "@flotilla/core";
import { textField, typeName } from "../kubeconfig/entry-fields.ts";
import { entryProblem } from "../kubeconfig/entry-problem.ts";
import type { KubeconfigEntry } from "../kubeconfig/kubeconfig.ts";

/** `users[].user.exec` of a kubeconfig. */
export interface ExecConfig {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly installHint: string | undefined;
  readonly provideClusterInfo: boolean;
}

const API_VERSIONS: ReadonlySet<string> = new Set([
  "client.authentication.k8s.io/v1",
  "client.authentication.k8s.io/v1beta1",
]);

/** @throws CloudError `invalid`, also for a plugin that must talk to a person: there is no terminal here. */
export function readExecConfig(user: KubeconfigEntry, exec: Readonly<Record<string, unknown>>): ExecConfig {
  const entry: KubeconfigEntry = { ...user, fields: exec, path: [...user.path, "exec"] };
  const apiVersion = textField(entry, "apiVersion") ?? "";
  if (!API_VERSIONS.has(apiVersion)) {
    throw entryProblem(entry, ["apiVersion"], `expected ${[...API_VERSIONS].join(" or ")}`);
  }
  const command = textField(entry, "command");
  if (command === undefined) throw entryProblem(entry, ["command"], "expected the command to run");
  if (textField(entry, "interactiveMode") === "Always") {
    throw entryProblem(
      entry,
      ["interactiveMode"],
      "this helper needs a terminal, and there is none; use another way to log in",
    );
  }
  return {
    apiVersion,
    command,
    args: texts(entry, "args"),
    env: environment(entry),
    installHint: textField(entry, "installHint"),
    provideClusterInfo: entry.fields["provideClusterInfo"] === true,
  };
}

function texts(entry: KubeconfigEntry, field: string): readonly string[] {
  const value = entry.fields[field] ?? [];
  if (!Array.isArray(value)) throw entryProblem(entry, [field], `expected a list, not ${typeName(value)}`);
  return (value as readonly unknown[]).map((item, index) => {
    if (typeof item !== "string")
      throw entryProblem(entry, [field, index], `expected a text (quote it), not ${typeName(item)}`);
    return item;
  });
}

function environment(entry: KubeconfigEntry): Readonly<Record<string, string>> {
  const value = entry.fields["env"] ?? [];
  if (!Array.isArray(value)) throw entryProblem(entry, ["env"], `expected a list, not ${typeName(value)}`);
  return Object.fromEntries(
    (value as readonly unknown[]).map((item, index) => {
      const named = isJsonObject(item) && typeof item["name"] === "string" && typeof item["value"] === "string";
      if (!named) throw entryProblem(entry, ["env", index], "expected { name, value } with two texts");
      return [item["name"], item["value"]] as [string, string];
    }),
  );
}
