import { generateKeyPairSync } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { runCommand } from "./process/run-command.ts";

/** PEM texts of one cluster; the same are in its folder as `ca.crt`, `admin.crt`, `admin.key`, … */
export interface ClusterCertificates {
  readonly caPem: string;
  readonly adminCertPem: string;
  readonly adminKeyPem: string;
}

/** A day: e2e clusters live for minutes. */
const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"];

/**
 * Makes a CA of the cluster's own, the serving certificate, an administrator's client certificate and the key pair for
 * service account tokens, with the machine's openssl (3.0 or later, for `req -CA`).
 */
export async function issueCertificates(folder: string, name: string): Promise<ClusterCertificates> {
  await openssl(folder, ["req", "-x509", ...NEW_KEY, "-keyout", "ca.key", "-out", "ca.crt", "-subj", `/CN=${name}-ca`]);
  await Promise.all([
    sign(folder, "server", "/CN=kube-apiserver", [
      "subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:kubernetes.default.svc",
      "extendedKeyUsage=serverAuth",
    ]),
    sign(folder, "admin", "/O=system:masters/CN=admin", ["extendedKeyUsage=clientAuth"]),
    writeServiceAccountKeys(folder),
  ]);
  const read = (file: string): Promise<string> => readFile(path.join(folder, file), "utf8");
  const [caPem, adminCertPem, adminKeyPem] = await Promise.all([read("ca.crt"), read("admin.crt"), read("admin.key")]);
  return { caPem, adminCertPem, adminKeyPem };
}

async function sign(folder: string, file: string, subject: string, extensions: readonly string[]): Promise<void> {
  const added = ["basicConstraints=critical,CA:FALSE", ...extensions].flatMap((text) => ["-addext", text]);
  const files = ["-CA", "ca.crt", "-CAkey", "ca.key", "-keyout", `${file}.key`, "-out", `${file}.crt`];
  await openssl(folder, ["req", "-x509", ...NEW_KEY, ...files, "-subj", subject, ...added]);
}

/** RSA, because the API server signs RS256 with it by default and every version takes it. */
async function writeServiceAccountKeys(folder: string): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const secret = privateKey.export({ type: "pkcs8", format: "pem" });
  await writeFile(path.join(folder, "sa.key"), secret, { mode: 0o600 });
  await writeFile(path.join(folder, "sa.pub"), publicKey.export({ type: "spki", format: "pem" }));
}

async function openssl(folder: string, args: readonly string[]): Promise<void> {
  const result = await runCommand("openssl", args, { cwd: folder, timeoutMs: 30_000 });
  if (result.exitCode !== 0)
    throw new Error(`openssl ${args[0] ?? ""} failed in ${folder}: ${result.problem ?? result.stderr.trim()}`);
}
