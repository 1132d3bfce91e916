/** One kubectl command. The same goes to both servers, in a namespace of the session's own. */
export interface KubectlStep {
  readonly args: readonly string[];
  readonly input?: string;
  /** `code`: only the exit code is compared, where the words depend on a controller's pace or the server's set of kinds. */
  readonly compare?: "code";
}

export interface KubectlSession {
  readonly name: string;
  readonly steps: readonly KubectlStep[];
}

/** A line is split at blanks; a list is for arguments that hold some. */
const step = (command: string | readonly string[], input?: string): KubectlStep => ({
  args: typeof command === "string" ? command.split(" ") : command,
  ...(input === undefined ? {} : { input }),
});
const codeOf = (command: string | readonly string[], input?: string): KubectlStep => ({
  ...step(command, input),
  compare: "code",
});

const web = (image: string, replicas = 2): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web } }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "${image}", ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;

export const KUBECTL_SESSIONS: readonly KubectlSession[] = [
  {
    name: "apply, look, change, roll out, delete",
    steps: [
      step("apply -f -", web("example/web:1")),
      step("apply -f -", web("example/web:1")),
      codeOf("rollout status deployment/web --timeout=30s"),
      step("wait --for=condition=Available deployment/web --timeout=30s"),
      step("get deployment web"),
      step("get deployments -o wide"),
      step(
        "get pods -l app=web --no-headers -o custom-columns=PHASE:.status.phase,READY:.status.containerStatuses[0].ready",
      ),
      step("get service web -o jsonpath={.spec.ports[0].targetPort}/{.spec.type}"),
      step("get deployment web -o name"),
      codeOf("diff -f -", web("example/web:2")),
      step("apply -f -", web("example/web:2")),
      codeOf("rollout status deployment/web --timeout=30s"),
      step(
        "get replicasets -l app=web -o custom-columns=REPLICAS:.spec.replicas --no-headers --sort-by=.spec.replicas",
      ),
      step("scale deployment/web --replicas=3"),
      codeOf("rollout status deployment/web --timeout=30s"),
      step("set image deployment/web web=example/web:3"),
      step("label deployment web tier=gold"),
      step("label deployment web tier=silver"),
      step("label deployment web tier=silver --overwrite"),
      step("label deployment web tier-"),
      step("annotate deployment web note=hello"),
      codeOf("describe deployment web"),
      step("delete deployment web --wait=true"),
      step("get deployment web"),
      step("delete service web --ignore-not-found"),
      step("delete service web --ignore-not-found"),
      step("delete service web"),
    ],
  },
  {
    name: "server-side apply and its conflicts",
    steps: [
      step("apply --server-side --field-manager=one -f -", web("example/web:1")),
      step("apply --server-side --field-manager=one -f -", web("example/web:1")),
      step("apply --server-side --field-manager=two -f -", web("example/web:2")),
      step("apply --server-side --field-manager=two --force-conflicts -f -", web("example/web:2")),
      step("get deployment web -o jsonpath={.spec.template.spec.containers[0].image}"),
      step('get deployment web -o jsonpath={.metadata.managedFields[?(@.operation=="Apply")].manager}'),
      step("apply --server-side --dry-run=server --field-manager=two -f -", web("example/web:3")),
      step("get deployment web -o jsonpath={.spec.template.spec.containers[0].image}"),
    ],
  },
  {
    name: "patches, creates and replaces",
    steps: [
      step("create configmap settings --from-literal=a=1 --from-literal=b=2"),
      step("create configmap settings --from-literal=a=1"),
      step('patch configmap settings --type=merge -p {"data":{"a":null,"c":"3"}}'),
      step('patch configmap settings --type=merge -p {"data":{"c":"3"}}'),
      step('patch configmap settings --type=json -p [{"op":"remove","path":"/data/b"}]'),
      step('patch configmap settings -p {"data":{"d":"4"}}'),
      step("get configmap settings -o jsonpath={.data}"),
      step("get configmap settings"),
      step("create secret generic key --from-literal=password=x"),
      step("get secret key"),
      step("create deployment d --image=example/d:1 --replicas=1"),
      step("expose deployment d --port=80"),
      step("get service d"),
      step("create job j --image=example/j:1"),
      step("wait --for=condition=Complete job/j --timeout=30s"),
      step(["create", "cronjob", "c", "--image=example/c:1", "--schedule=0 0 1 1 *"]),
      step("create serviceaccount robot"),
      step("create role reader --verb=get --resource=pods"),
      step("create rolebinding reader --role=reader --serviceaccount=default:robot"),
      step("get rolebinding reader"),
      step("autoscale deployment d --max=3 --min=1"),
      step("create poddisruptionbudget p --selector=app=d --min-available=1"),
      step("replace -f -", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { z: '1' }\n"),
      step("replace -f -", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: nothing }\ndata: { z: '1' }\n"),
      step("create -f -", "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: bad }\nspec: { replicas: 1 }\n"),
      step(
        "create --validate=strict -f -",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: odd }\ndta: { z: '1' }\n",
      ),
      step("create -f - --dry-run=server", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: dry }\n"),
      step("get configmap dry"),
      step("delete configmap settings"),
      step("get pods --field-selector=status.phase=Succeeded -o custom-columns=PHASE:.status.phase"),
    ],
  },
  {
    name: "who am I, what is there",
    steps: [
      step("auth can-i list nodes"),
      step("auth can-i create deployments"),
      step("get --raw /healthz"),
      codeOf("version"),
      codeOf("api-resources"),
      codeOf("api-versions"),
      codeOf("cluster-info"),
      codeOf("explain deployment.spec.replicas"),
      codeOf("get nodes"),
      codeOf("get all -A"),
      codeOf("get events"),
      step("get nonsense"),
      step("get pods nothing"),
      step("get namespace nowhere"),
      step("get pods -n nowhere"),
      codeOf("get pods --watch --request-timeout=1s"),
    ],
  },
];
