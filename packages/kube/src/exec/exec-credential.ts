import { CloudError, isJsonObject } from "@flotilla/core";

/** What a credential plugin prints. Exactly one of token and certificate is used: a certificate goes first, as it authenticates the connection. */
export interface ExecCredential {
  readonly token?: string;
  readonly certificate?: { readonly certPem: string; readonly keyPem: string };
  /** `null`: the plugin did not say. */
  readonly expiresAtMs: number | null;
}

/** What a plugin is told about the cluster when it asks for it. Source: client.authentication.k8s.io/v1 `ExecCredentialSpec`. */
export interface ExecClusterInfo {
  readonly server: string;
  readonly "tls-server-name"?: string;
  readonly "insecure-skip-tls-verify"?: boolean;
  readonly "certificate-authority-data"?: string;
  readonly "proxy-url"?: string;
  readonly config?: unknown;
}

/** The value of `KUBERNETES_EXEC_INFO`. */
export function execInfo(apiVersion: string, cluster: ExecClusterInfo | undefined): string {
  const spec = cluster === undefined ? { interactive: false } : { cluster, interactive: false };
  return JSON.stringify({ apiVersion, kind: "ExecCredential", spec });
}

/** Reads a plugin's output. No part of it appears in the error: it holds the credential. @throws CloudError `unauthenticated` */
export function readExecCredential(who: string, apiVersion: string, stdout: string): ExecCredential {
  const credential = parse(stdout);
  if (!isJsonObject(credential) || credential["kind"] !== "ExecCredential") throw bad(who, "is no ExecCredential");
  if (credential["apiVersion"] !== apiVersion) throw bad(who, `is not of ${apiVersion}, which the kubeconfig asks for`);
  const status = isJsonObject(credential["status"]) ? credential["status"] : {};
  const token = text(status["token"]);
  const certPem = text(status["clientCertificateData"]);
  const keyPem = text(status["clientKeyData"]);
  if ((certPem === undefined) !== (keyPem === undefined))
    throw bad(who, "has a client certificate or a key, and needs both");
  if (token === undefined && certPem === undefined) throw bad(who, "has neither a token nor a client certificate");
  return {
    ...(token === undefined ? {} : { token }),
    ...(certPem === undefined || keyPem === undefined ? {} : { certificate: { certPem, keyPem } }),
    expiresAtMs: expiry(who, status["expirationTimestamp"]),
  };
}

function expiry(who: string, timestamp: unknown): number | null {
  if (timestamp === undefined || timestamp === null) return null;
  const atMs = typeof timestamp === "string" ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(atMs)) throw bad(who, "has an expirationTimestamp that is no RFC 3339 time");
  return atMs;
}

function parse(stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

function bad(who: string, why: string): CloudError {
  return new CloudError("unauthenticated", `${who}: what the credential plugin printed ${why}`);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
