import { nearestName, type Cluster } from "@flotilla/core";

const NAMES = ["id", "name", "alias", "provider", "scope", "region", "zone", "kubernetesVersion"] as const;

export type Substitution = { readonly text: string } | { readonly message: string };

const VARIABLE = /\$\$\{|\$\{cluster\.([^}]*)\}/g;

/**
 * Replaces `${cluster.NAME}` and `${cluster.labels.KEY}` by what the cluster has; `$${` gives a literal `${`, and any other
 * `${…}` is the application's own. A name we do not know, or a fact this cluster lacks, is an error: unknown is not empty.
 * `zone` is the cluster's only zone, or all of them joined by commas.
 */
export function substituteVariables(template: string, cluster: Cluster): Substitution {
  let message: string | undefined;
  const text = template.replaceAll(VARIABLE, (whole: string, name: string | undefined) => {
    if (name === undefined) return "${";
    const value = variable(name, cluster);
    if (value !== undefined) return value;
    message ??= explainMissing(name, cluster);
    return whole;
  });
  return message === undefined ? { text } : { message };
}

/** What is wrong with a template on every cluster: the first name that no cluster has. `undefined` where all are known. */
export function unknownVariable(template: string): string | undefined {
  const names = [...template.matchAll(VARIABLE)].flatMap(([, name]) => name ?? []);
  const unknown = names.find((name) => !isKnown(name));
  return unknown === undefined ? undefined : explainUnknown(unknown);
}

function isKnown(name: string): boolean {
  return name.startsWith("labels.") || NAMES.some((candidate) => candidate === name);
}

function variable(name: string, cluster: Cluster): string | undefined {
  if (name.startsWith("labels.")) {
    const key = name.slice("labels.".length);
    return Object.hasOwn(cluster.labels, key) ? cluster.labels[key] : undefined;
  }
  if (name === "zone") return cluster.zones.length === 0 ? undefined : cluster.zones.join(",");
  const known = NAMES.find((candidate) => candidate === name);
  return known === undefined || known === "zone" ? undefined : (cluster[known] ?? undefined);
}

function explainMissing(name: string, cluster: Cluster): string {
  if (!isKnown(name)) return explainUnknown(name);
  return `cluster ${cluster.id} has no ${name.replace(/^labels\./, "label ")}, which \${cluster.${name}} asks for`;
}

function explainUnknown(name: string): string {
  const nearest = nearestName(name, NAMES);
  const hint = nearest === undefined ? "" : ` (did you mean \${cluster.${nearest}}?)`;
  return `there is no variable \${cluster.${name}}${hint}; there are ${NAMES.join(", ")} and labels.KEY`;
}
