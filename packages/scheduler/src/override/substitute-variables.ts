import { nearestName, type Cluster } from "@flotilla/core";

const NAMES = ["id", "name", "alias", "provider", "scope", "region", "zone", "kubernetesVersion"] as const;

export type Substitution = { readonly text: string } | { readonly message: string };

/**
 * Replaces `${cluster.NAME}` and `${cluster.labels.KEY}` by what the cluster has; `$${` gives a literal `${`, and any other
 * `${…}` is the application's own. A name we do not know, or a fact this cluster lacks, is an error: unknown is not empty.
 * `zone` is the cluster's only zone, or all of them joined by commas.
 */
export function substituteVariables(template: string, cluster: Cluster): Substitution {
  let message: string | undefined;
  const text = template.replaceAll(/\$\$\{|\$\{cluster\.([^}]*)\}/g, (whole: string, name: string | undefined) => {
    if (name === undefined) return "${";
    const value = variable(name, cluster);
    if (value !== undefined) return value;
    message ??= explainMissing(name, cluster);
    return whole;
  });
  return message === undefined ? { text } : { message };
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
  const isKnown = name.startsWith("labels.") || NAMES.some((candidate) => candidate === name);
  if (isKnown)
    return `cluster ${cluster.id} has no ${name.replace(/^labels\./, "label ")}, which \${cluster.${name}} asks for`;
  const nearest = nearestName(name, NAMES);
  const hint = nearest === undefined ? "" : ` (did you mean \${cluster.${nearest}}?)`;
  return `there is no variable \${cluster.${name}}${hint}; there are ${NAMES.join(", ")} and labels.KEY`;
}
