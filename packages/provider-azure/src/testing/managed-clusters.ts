import { isJsonObject } from "@flotilla/core";
import { type EmulatedCluster, type EmulatorReply, jsonReply } from "@flotilla/testing";
import { armList } from "./arm-list.ts";
import { aksError, armError, refuse } from "./azure-failure.ts";
import { apiVersionOf, type AzureRequest, baseUrl } from "./azure-request.ts";
import { groupOf, sameName } from "./cluster-place.ts";
import { adminKubeconfig, userKubeconfig } from "./kubeconfig-text.ts";
import { hasGroup } from "./resource-groups.ts";
import { etagOf, renderCluster } from "./render-cluster.ts";

/** Of a subscription, or of one of its resource groups. */
export function listClusters(asked: AzureRequest): EmulatorReply {
  const { subscription = "", group } = asked.params;
  const { fleet } = asked.world;
  if (group !== undefined) checkGroup(asked, group);
  const clusters = fleet.listed(
    (cluster) => sameName(cluster.scope, subscription) && (group === undefined || sameName(groupOf(cluster), group)),
  );
  const isDown = clusters.some((cluster) => fleet.region(cluster.scope, cluster.region)?.unreachable === true);
  if (isDown) {
    const text =
      "The gateway did not receive a response from 'Microsoft.ContainerService' within the specified time period.";
    return armError(504, "GatewayTimeout", text);
  }
  return armList(asked, clusters, (cluster) => renderCluster(cluster, apiVersionOf(asked)));
}

/** One cluster, as it is now. */
export function getCluster(asked: AzureRequest): EmulatorReply {
  return jsonReply(200, renderCluster(theCluster(asked), apiVersionOf(asked)));
}

/** The only member that may be changed so is `tags`. */
export function updateTags(asked: AzureRequest): EmulatorReply {
  const cluster = theCluster(asked);
  const body = bodyOf(asked);
  const unknown = Object.keys(body).find((name) => name !== "tags");
  if (unknown !== undefined) {
    const text = `The request content was invalid and could not be deserialized: 'Could not find member '${unknown}' on object of type 'TagsObject'.`;
    return armError(400, "InvalidRequestContent", text);
  }
  const labels = tagsOf(body["tags"] ?? {});
  const wanted = asked.request.headers["if-match"];
  if (wanted !== undefined && wanted !== "*" && wanted !== etagOf(cluster)) {
    return aksError(412, "EtagMismatch", "Etag mismatched: the managed cluster was changed meanwhile.", {
      detail: "rpc error: code = FailedPrecondition desc = Etag mismatched",
      subcode: "PutManagedClusterAndComponents_FailedPrecondition",
    });
  }
  const changed = { ...cluster, labels };
  asked.world.fleet.put(changed);
  return jsonReply(200, renderCluster(changed, apiVersionOf(asked)));
}

/** A user's kubeconfig, in either form. */
export function listUserCredential(asked: AzureRequest): EmulatorReply {
  const cluster = theCluster(asked);
  const format = asked.request.query.get("format") ?? "azure";
  if (format !== "exec" && format !== "azure") {
    return aksError(400, "BadRequest", `The value '${format}' of parameter 'format' is not one of azure, exec.`);
  }
  return kubeconfigs("clusterUser", userKubeconfig(cluster, format, asked.world.tokens.tenant));
}

/** An administrator's kubeconfig, refused where local accounts are disabled. */
export function listAdminCredential(asked: AzureRequest): EmulatorReply {
  const cluster = theCluster(asked);
  if (cluster.cloudIdentity !== false) {
    return aksError(
      400,
      "BadRequest",
      "Getting static credential is not allowed because this cluster is set to disable local accounts.",
    );
  }
  return kubeconfigs("clusterAdmin", adminKubeconfig(cluster));
}

/** Begins to start a stopped cluster. */
export function startCluster(asked: AzureRequest): EmulatorReply {
  return begin(asked, { during: "Starting", after: "ready" });
}

/** Begins to stop a cluster. */
export function stopCluster(asked: AzureRequest): EmulatorReply {
  return begin(asked, { during: "Stopping", after: "stopped" });
}

function begin(
  asked: AzureRequest,
  change: { readonly during: string; readonly after: "ready" | "stopped" },
): EmulatorReply {
  const cluster = theCluster(asked);
  const running = asked.world.operations.runningOf(cluster);
  if (running !== undefined) {
    return aksError(
      409,
      "OperationNotAllowed",
      `Operation is not allowed because there's an in progress ${running.during.toLowerCase()} managed cluster operation (operation ID: ${running.id}) on the managed cluster. Please wait for it to finish before starting a new operation.`,
    );
  }
  const { id } = asked.world.operations.begin(cluster, change);
  const at = `${baseUrl(asked)}/subscriptions/${cluster.scope}/providers/Microsoft.ContainerService/locations/${cluster.region}/operations/${id}`;
  // Status URLs carry a version of their own.
  return {
    status: 202,
    headers: { ...asked.world.operationHeaders, "azure-asyncoperation": `${at}?api-version=2016-03-30` },
    body: "",
  };
}

/** The cluster that the path names. @throws EmulatorRefusal in AKS's own shape, without envelope */
export function theCluster({ world, params }: AzureRequest): EmulatedCluster {
  const { subscription = "", group = "", name = "" } = params;
  const found = world.fleet.find(
    (cluster) =>
      sameName(cluster.scope, subscription) && sameName(groupOf(cluster), group) && sameName(cluster.name, name),
  );
  if (found !== undefined) return found;
  checkGroup({ world, params }, group);
  refuse(
    armError(
      404,
      "ResourceNotFound",
      `The Resource 'Microsoft.ContainerService/managedClusters/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
    ),
  );
}

/** @throws EmulatorRefusal where there is no such group. A group without clusters is one. */
function checkGroup({ world, params }: Pick<AzureRequest, "world" | "params">, group: string): void {
  if (hasGroup(world.fleet, params["subscription"] ?? "", group)) return;
  refuse(armError(404, "ResourceGroupNotFound", `Resource group '${group}' could not be found.`));
}

function kubeconfigs(name: string, text: string): EmulatorReply {
  return jsonReply(200, { kubeconfigs: [{ name, value: Buffer.from(text).toString("base64") }] });
}

function bodyOf({ request }: AzureRequest): Readonly<Record<string, unknown>> {
  try {
    const body = JSON.parse(request.body.toString("utf8")) as unknown;
    if (isJsonObject(body)) return body;
  } catch {
    // told below
  }
  refuse(unreadable());
}

/** @throws EmulatorRefusal for what is no object of texts */
function tagsOf(tags: unknown): Readonly<Record<string, string>> {
  if (!isJsonObject(tags)) refuse(unreadable());
  const isText = ([, value]: readonly [string, unknown]): boolean => typeof value === "string";
  if (!Object.entries(tags).every(isText)) refuse(unreadable());
  return tags as Readonly<Record<string, string>>; // as was just seen
}

function unreadable(): EmulatorReply {
  return armError(400, "InvalidRequestContent", "The request content was invalid and could not be deserialized.");
}
