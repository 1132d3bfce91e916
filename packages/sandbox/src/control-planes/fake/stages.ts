import { FAKE_NODE_ANNOTATION } from "./node-manifest.ts";

/**
 * Annotations on a pod (through its template) that tell the fake kubelet what to do. The embedded API server of
 * `packages/testing` knows the same names.
 */
const POD_BEHAVIOUR = {
  /** "true": the container crashes for ever, the pod is never ready. */
  crashLoop: "flotilla.dev/test-crashloop",
  /** A Go duration such as `5s` between scheduling and ready. */
  readyAfter: "flotilla.dev/test-ready-after",
  /** A Go duration between running and finished, for pods of a Job. */
  completeAfter: "flotilla.dev/test-complete-after",
} as const;

/**
 * What kwok does with nodes and pods, as its `Stage` documents (kwok run alone has none built in). JSON texts one after the
 * other with `---`: JSON is YAML.
 */
export function stagesFile(podReadyAfterMs: number): string {
  const stages = [nodeReady(), podReady(podReadyAfterMs), podReadyAgain(), podCrashLoop(), podComplete(), podDelete()];
  return `${stages.map((stage) => JSON.stringify(stage)).join("\n---\n")}\n`;
}

type Expression = { readonly key: string; readonly operator: string; readonly values?: readonly string[] };

const POD_CONDITIONS = ["Initialized", "Ready", "ContainersReady"];
const READY_STATUS = '.status.conditions.[] | select( .type == "Ready" ) | .status';
const NOT_DELETED: Expression = { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" };
const HEALTHY: Expression = { key: annotation(POD_BEHAVIOUR.crashLoop), operator: "DoesNotExist" };

function nodeReady(): object {
  return stage("node-ready", "Node", {
    selector: [
      { key: annotation(FAKE_NODE_ANNOTATION.key), operator: "Exists" },
      { key: READY_STATUS, operator: "NotIn", values: ["True"] },
    ],
    status: [
      "{{ $now := Now }}",
      "phase: Running",
      "conditions:",
      "- {type: Ready, status: 'True', reason: KubeletReady, message: fake, lastHeartbeatTime: '{{ $now }}', lastTransitionTime: '{{ $now }}'}",
      ...["MemoryPressure", "DiskPressure", "PIDPressure"].map(
        (type) =>
          `- {type: ${type}, status: 'False', reason: Fake, message: fake, lastHeartbeatTime: '{{ $now }}', lastTransitionTime: '{{ $now }}'}`,
      ),
    ],
  });
}

function podReady(delayMs: number): object {
  return stage("pod-ready", "Pod", {
    selector: [NOT_DELETED, HEALTHY, { key: ".status.phase", operator: "In", values: ["Pending"] }],
    delayMs,
    delayFrom: POD_BEHAVIOUR.readyAfter,
    status: [
      "{{ $now := Now }}",
      "phase: Running",
      "startTime: '{{ $now }}'",
      "conditions:",
      ...POD_CONDITIONS.map((type) => `- {type: ${type}, status: 'True', lastTransitionTime: '{{ $now }}'}`),
      "containerStatuses:",
      "{{ range .spec.containers }}",
      "- {name: {{ .name }}, image: {{ .image | Quote }}, imageID: '', ready: true, started: true, restartCount: 0, state: {running: {startedAt: '{{ $now }}'}}}",
      "{{ end }}",
      "initContainerStatuses:",
      "{{ range .spec.initContainers }}",
      "- {name: {{ .name }}, image: {{ .image | Quote }}, imageID: '', ready: true, restartCount: 0, state: {terminated: {exitCode: 0, reason: Completed, startedAt: '{{ $now }}', finishedAt: '{{ $now }}'}}}",
      "{{ end }}",
      "{{ with NodeIPWith .spec.nodeName }}",
      "hostIP: {{ . | Quote }}",
      "{{ end }}",
      '{{ $ip := PodIPWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) }}',
      "podIP: {{ $ip | Quote }}",
      "podIPs:",
      "- {ip: {{ $ip | Quote }}}",
    ],
  });
}

/** After a node outage the node-lifecycle controller leaves Running pods not ready; a real kubelet would report them again. */
function podReadyAgain(): object {
  return stage("pod-ready-again", "Pod", {
    selector: [
      NOT_DELETED,
      HEALTHY,
      { key: ".status.phase", operator: "In", values: ["Running"] },
      { key: READY_STATUS, operator: "In", values: ["False"] },
    ],
    delayMs: 500,
    status: [
      "{{ $now := Now }}",
      "conditions:",
      ...["Ready", "ContainersReady"].map(
        (type) => `- {type: ${type}, status: 'True', reason: '', message: '', lastTransitionTime: '{{ $now }}'}`,
      ),
    ],
  });
}

function podCrashLoop(): object {
  return stage("pod-crash-loop", "Pod", {
    selector: [
      NOT_DELETED,
      { key: annotation(POD_BEHAVIOUR.crashLoop), operator: "In", values: ["true"] },
      { key: ".status.phase", operator: "In", values: ["Pending"] },
    ],
    status: [
      "{{ $now := Now }}",
      "phase: Running",
      "startTime: '{{ $now }}'",
      "conditions:",
      "- {type: Initialized, status: 'True', lastTransitionTime: '{{ $now }}'}",
      ...["Ready", "ContainersReady"].map(
        (type) => `- {type: ${type}, status: 'False', reason: ContainersNotReady, lastTransitionTime: '{{ $now }}'}`,
      ),
      "containerStatuses:",
      "{{ range .spec.containers }}",
      "- {name: {{ .name }}, image: {{ .image | Quote }}, imageID: '', ready: false, started: false, restartCount: 5, state: {waiting: {reason: CrashLoopBackOff, message: back-off restarting failed container}}, lastState: {terminated: {exitCode: 1, reason: Error, startedAt: '{{ $now }}', finishedAt: '{{ $now }}'}}}",
      "{{ end }}",
    ],
  });
}

function podComplete(): object {
  return stage("pod-complete", "Pod", {
    selector: [
      NOT_DELETED,
      HEALTHY,
      { key: ".status.phase", operator: "In", values: ["Running"] },
      { key: ".metadata.ownerReferences.[].kind", operator: "In", values: ["Job"] },
    ],
    delayFrom: POD_BEHAVIOUR.completeAfter,
    status: [
      "{{ $now := Now }}",
      "phase: Succeeded",
      "conditions:",
      ...["Ready", "ContainersReady"].map(
        (type) => `- {type: ${type}, status: 'False', reason: PodCompleted, lastTransitionTime: '{{ $now }}'}`,
      ),
      "containerStatuses:",
      "{{ range .spec.containers }}",
      "- {name: {{ .name }}, image: {{ .image | Quote }}, imageID: '', ready: false, started: false, restartCount: 0, state: {terminated: {exitCode: 0, reason: Completed, startedAt: '{{ $now }}', finishedAt: '{{ $now }}'}}}",
      "{{ end }}",
    ],
  });
}

function podDelete(): object {
  return {
    ...stage("pod-delete", "Pod", { selector: [{ key: ".metadata.deletionTimestamp", operator: "Exists" }] }),
  };
}

interface StageBody {
  readonly selector: readonly Expression[];
  /** Lines of the status template; absent: the object is deleted. */
  readonly status?: readonly string[];
  readonly delayMs?: number;
  /** Pod annotation holding the delay. */
  readonly delayFrom?: string;
}

function stage(name: string, kind: "Node" | "Pod", body: StageBody): object {
  const { selector, status, delayMs = 0, delayFrom } = body;
  const durationFrom = delayFrom === undefined ? {} : { durationFrom: { expressionFrom: annotation(delayFrom) } };
  return {
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "Stage",
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: "v1", kind },
      selector: { matchExpressions: selector },
      delay: { durationMilliseconds: delayMs, ...durationFrom },
      next: status === undefined ? { delete: true } : { statusTemplate: `${status.join("\n")}\n` },
    },
  };
}

function annotation(key: string): string {
  return `.metadata.annotations[${JSON.stringify(key)}]`;
}
