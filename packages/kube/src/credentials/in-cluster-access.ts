import { CloudError, systemClock, type Clock, type KubeAccess } from "@flotilla/core";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createFileTokens } from "./file-tokens.ts";

export interface InClusterInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** Where the service account is mounted. Default: where Kubernetes mounts it. */
  readonly folder?: string;
}

const FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * The API server of the cluster that this process runs in, as its pod's service account. The token is read again as the
 * kubelet rotates it. Source: Kubernetes "Accessing the Kubernetes API from a Pod".
 *
 * @throws CloudError `notFound` outside of a pod
 */
export async function inClusterAccess(input: InClusterInput): Promise<KubeAccess> {
  const host = input.env["KUBERNETES_SERVICE_HOST"] ?? "";
  const port = input.env["KUBERNETES_SERVICE_PORT_HTTPS"] ?? input.env["KUBERNETES_SERVICE_PORT"] ?? "443";
  if (host === "") throw outside("KUBERNETES_SERVICE_HOST is not set");
  const folder = input.folder ?? FOLDER;
  return {
    server: `https://${host.includes(":") ? `[${host}]` : host}:${port}`,
    caPem: await readCa(join(folder, "ca.crt")),
    auth: { kind: "bearer", tokens: createFileTokens(join(folder, "token"), input.clock ?? systemClock) },
  };
}

async function readCa(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw outside(`${file} cannot be read`, error);
  }
}

function outside(why: string, cause?: unknown): CloudError {
  const message = `not in a cluster: ${why}; in-cluster access needs a pod with a service account token`;
  return new CloudError("notFound", message, cause === undefined ? {} : { cause });
}
