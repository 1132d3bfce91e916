import { groupOf } from "./object-ref.ts";

interface NameRule {
  readonly pattern: RegExp;
  readonly charsMax: number;
  readonly expected: string;
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const SUBDOMAIN: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  charsMax: 253,
  expected: "lower-case letters, digits, dashes and dots, up to 253 characters",
};
/** Newer servers let a Service begin with a digit, older ones do not: theirs to say. */
const LABEL: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  charsMax: 63,
  expected: "lower-case letters, digits and dashes, up to 63 characters",
};

/** Kinds whose rule is the same on every server. RBAC kinds allow almost anything, custom kinds have rules of their own. */
const RULES: ReadonlyMap<string, NameRule> = new Map([
  ["apps/Deployment", SUBDOMAIN],
  ["apps/StatefulSet", SUBDOMAIN],
  ["apps/DaemonSet", SUBDOMAIN],
  ["batch/Job", SUBDOMAIN],
  ["batch/CronJob", SUBDOMAIN],
  ["networking.k8s.io/Ingress", SUBDOMAIN],
  ["/ConfigMap", SUBDOMAIN],
  ["/Secret", SUBDOMAIN],
  ["/Service", LABEL],
  ["/Namespace", LABEL],
]);

/** What a kind's names are made of, if this one is not; `undefined` where it is, or where the kind's rule is not known. */
export function expectedName(apiVersion: string, kind: string, name: string): string | undefined {
  const rule = RULES.get(`${groupOf(apiVersion)}/${kind}`);
  if (rule === undefined || (name.length <= rule.charsMax && rule.pattern.test(name))) return undefined;
  return rule.expected;
}
