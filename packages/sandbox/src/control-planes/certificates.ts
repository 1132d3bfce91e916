import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type CertificateAuthority, createCertificateAuthority, type KeyPairPem } from "@flotilla/testing";

/** The authority of one cluster, and its administrator's certificate. The authority's key never leaves this process. */
export interface ClusterCertificates {
  readonly authority: CertificateAuthority;
  readonly admin: KeyPairPem;
}

const PRIVATE_FILE = 0o600;

/**
 * Makes a CA of the cluster's own and writes what the API server reads: `ca.crt`, `server.crt`, `server.key`, and the key pair
 * for service account tokens.
 */
export async function issueCertificates(folder: string, name: string): Promise<ClusterCertificates> {
  const authority = createCertificateAuthority(name);
  const server = authority.serverCertificate(["127.0.0.1", "localhost", "kubernetes.default.svc"]);
  const admin = authority.clientCertificate({ name: "admin", groups: ["system:masters"] });
  // RSA, because the API server signs RS256 with it by default and every version takes it.
  const tokens = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const write = (file: string, text: string | Buffer): Promise<void> =>
    writeFile(path.join(folder, file), text, { mode: PRIVATE_FILE });
  await Promise.all([
    write("ca.crt", authority.caPem),
    write("server.crt", server.certPem),
    write("server.key", server.keyPem),
    write("sa.key", tokens.privateKey.export({ type: "pkcs8", format: "pem" })),
    write("sa.pub", tokens.publicKey.export({ type: "spki", format: "pem" })),
  ]);
  return { authority, admin };
}
