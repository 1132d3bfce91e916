import { CloudError, isJsonObject, type KubeObject } from "@flotilla/core";
import { isWrite, type KubeRequest } from "../http/kube-request.ts";

/** Checks that an answer is an object with a name. @throws CloudError: something that is no API server has answered. */
export function readObject(clusterId: string, request: KubeRequest, body: unknown): KubeObject {
  if (isKubeObject(body)) return body;
  const kind = isWrite(request) ? "timeoutUnknown" : "internal";
  throw new CloudError(kind, `${clusterId}: cannot ${request.describe()}: the answer is no Kubernetes object`);
}

export function isKubeObject(value: unknown): value is KubeObject {
  if (!isJsonObject(value) || !isJsonObject(value["metadata"])) return false;
  return (
    typeof value["apiVersion"] === "string" &&
    typeof value["kind"] === "string" &&
    typeof value["metadata"]["name"] === "string"
  );
}
