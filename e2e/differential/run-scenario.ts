import { type RawClient, type RawRequest, until } from "@flotilla/sandbox/control-planes";
import { mask } from "./mask.ts";
import type { Answer, Identity, Memory, Scenario, Step } from "./step.ts";

/** One API server as a scenario sees it. */
export interface Contestant {
  readonly clients: Readonly<Record<Identity, RawClient>>;
}

/** What one step gave, ready to be compared. */
export interface Outcome {
  readonly step: string;
  readonly seen: unknown;
}

const NAMESPACES = "/api/v1/namespaces";

/** Plays a scenario in a new namespace of that name. Leaves the namespace behind: its removal takes seconds. */
export async function runScenario(
  scenario: Scenario,
  namespace: string,
  contestant: Contestant,
): Promise<readonly Outcome[]> {
  await prepareNamespace(contestant.clients.admin, namespace);
  const remembered = new Map([["namespace", namespace]]);
  const memory: Memory = {
    get(name) {
      const value = remembered.get(name);
      if (value === undefined) throw new Error(`scenario "${scenario.name}": nothing remembered as "${name}"`);
      return value;
    },
  };
  const outcomes: Outcome[] = [];
  for (const step of scenario.steps(namespace)) {
    const { seen, answer } = await play(step, memory, contestant);
    for (const [name, value] of Object.entries(step.remember?.(answer) ?? {})) remembered.set(name, value);
    outcomes.push({ step: step.name, seen });
  }
  return outcomes;
}

/** Pods cannot be made before the default service account is there. */
async function prepareNamespace(admin: RawClient, namespace: string): Promise<void> {
  const body = { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } };
  const created = await admin.send({ method: "POST", path: NAMESPACES, body });
  if (created.status !== 201) throw new Error(`namespace ${namespace} was not made: ${created.text}`);
  await until(`the default service account of ${namespace}`, async () => {
    const path = `${NAMESPACES}/${namespace}/serviceaccounts/default`;
    return (await admin.send({ method: "GET", path })).status === 200;
  });
}

interface Played {
  readonly seen: unknown;
  readonly answer: Answer;
}

async function play(step: Step, memory: Memory, contestant: Contestant): Promise<Played> {
  const client = contestant.clients[step.as ?? "admin"];
  const request = typeof step.request === "function" ? step.request(memory) : step.request;
  if (typeof step.compare === "object") return watch(client, request, step.compare.watchUntil);
  const send = async (): Promise<Answer> => client.send(request);
  const { until: isEnough } = step;
  if (isEnough === undefined) return compared(step, await send());
  const answer = await until(`"${step.name}" to be so`, async () => {
    const latest = await send();
    if (!isEnough(latest)) throw new Error(`${latest.status} ${JSON.stringify(latest.json).slice(0, 600)}`);
    return latest;
  });
  return compared(step, answer);
}

function compared(step: Step, answer: Answer): Played {
  const { compare = "body" } = step;
  if (compare === "nothing") return { answer, seen: "anything" };
  if (compare === "refused") return { answer, seen: { refused: answer.status >= 400 } };
  if (compare === "code") return { answer, seen: { code: answer.status } };
  if (typeof compare === "function") return { answer, seen: { code: answer.status, facts: compare(answer) } };
  return { answer, seen: { code: answer.status, body: mask(answer.json) } };
}

const WATCH_PATIENCE_MS = 15_000;

async function watch(client: RawClient, request: RawRequest, lastName: string): Promise<Played> {
  const events: unknown[] = [];
  const timer = AbortSignal.timeout(WATCH_PATIENCE_MS);
  for await (const line of client.lines(request, timer)) {
    const event = JSON.parse(line) as WatchLine;
    events.push({ type: event.type, object: mask(event.object) });
    if (event.object.metadata?.name === lastName || event.type === "ERROR") break;
    if (event.object.kind === "Status") break;
  }
  return { answer: { status: 200, json: undefined, headers: {} }, seen: events };
}

interface WatchLine {
  readonly type: string;
  readonly object: { readonly kind?: string; readonly metadata?: { readonly name?: string } };
}
