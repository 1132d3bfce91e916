import type { ApiServerOptions } from "../api-server.ts";
import type { ServerState } from "../rest/server-state.ts";
import { type Controller, ControllerLoop } from "./controller.ts";
import { DaemonSetController } from "./daemon-set-controller.ts";
import { DefinitionController } from "./definition-controller.ts";
import { DeploymentController } from "./deployment-controller.ts";
import { DisruptionController } from "./disruption-controller.ts";
import { EndpointSliceController } from "./endpoint-slice-controller.ts";
import { FakeNodeAddresses } from "./fake-node-addresses.ts";
import { GarbageCollector } from "./garbage-collector.ts";
import { JobController } from "./job-controller.ts";
import { NamespaceController } from "./namespace-controller.ts";
import { NodeAgent } from "./node-agent.ts";
import { NodeLifecycleController } from "./node-lifecycle-controller.ts";
import { ObjectClient } from "./object-client.ts";
import { ReplicaSetController } from "./replica-set-controller.ts";
import { Scheduler } from "./scheduler.ts";
import { StatefulSetController } from "./stateful-set-controller.ts";

/** The controllers of one server; disposing stops them. */
export type Controllers = Disposable;

/** Starts what makes objects live. Without controllers, custom definitions and namespaces still work: the API needs them. */
export function startControllers(state: ServerState, options: ApiServerOptions, caPem: string): Controllers {
  const manager = new ObjectClient(state, "kube-controller-manager");
  const always: Controller[] = [
    new DefinitionController(new ObjectClient(state, "kube-apiserver")),
    new NamespaceController(manager, caPem),
    new GarbageCollector(manager),
  ];
  return new ControllerLoop(
    state,
    options.withoutControllers === true ? always : [...always, ...workloads(state, options, manager)],
  );
}

function workloads(state: ServerState, options: ApiServerOptions, manager: ObjectClient): Controller[] {
  const times = {
    readyAfterMs: options.readyAfterMs ?? 0,
    jobCompletesAfterMs: options.jobCompletesAfterMs ?? 0,
    terminatesAfterMs: options.terminatesAfterMs ?? 0,
  };
  return [
    new DeploymentController(manager),
    new ReplicaSetController(manager, manager.resource("apps/v1", "ReplicaSet")),
    new ReplicaSetController(manager, manager.resource("v1", "ReplicationController")),
    new StatefulSetController(manager),
    new DaemonSetController(manager),
    new JobController(manager),
    new DisruptionController(manager),
    new EndpointSliceController(manager),
    new NodeLifecycleController(manager),
    new Scheduler(new ObjectClient(state, "kube-scheduler")),
    new NodeAgent(new ObjectClient(state, "kubelet"), times, new FakeNodeAddresses()),
  ];
}
