import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { bits, integer, objectId, octets, sequence, set, tagged, text, time, yes } from "./der.ts";
import type { FakeUser } from "./user.ts";

/** A certificate and its key, in PEM. */
export interface KeyPairPem {
  readonly certPem: string;
  readonly keyPem: string;
}

/** Issues the server's certificate and those of its clients. */
export interface CertificateAuthority {
  readonly caPem: string;
  serverCertificate(hosts: readonly string[]): KeyPairPem;
  clientCertificate(user: FakeUser): KeyPairPem;
}

const DAY_MS = 86_400_000;
const LIFETIME_MS = 365 * DAY_MS;
const ECDSA_SHA256 = "1.2.840.10045.4.3.2";
const COMMON_NAME = "2.5.4.3";
const ORGANIZATION = "2.5.4.10";
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

interface Issuer {
  readonly name: Buffer;
  readonly key: KeyObject;
  readonly publicKey: KeyObject;
}

/**
 * Makes a new authority with a P-256 key. Certificates (RFC 5280) hold from a day before to a year after now, whatever time
 * a test's clock tells: the clients' TLS looks at the machine's.
 */
export function createCertificateAuthority(name: string): CertificateAuthority {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issuer: Issuer = { name: distinguishedName([[COMMON_NAME, `${name}-ca`]]), key: privateKey, publicKey };
  const own = [
    extension("2.5.29.19", sequence(yes()), true),
    extension("2.5.29.15", bits(Buffer.from([0x86]), 1), true),
  ];
  const ca = certificate(issuer, issuer.name, publicKey, [...own, keyIdentifier(publicKey)]);
  const issue = (subject: Buffer, purpose: string, extensions: readonly Buffer[]): KeyPairPem => {
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const usage = extension("2.5.29.37", sequence(objectId(purpose)), false);
    const limits = extension("2.5.29.19", sequence(), true);
    const der = certificate(issuer, subject, pair.publicKey, [limits, usage, ...extensions]);
    return { certPem: toPem(der), keyPem: pair.privateKey.export({ type: "pkcs8", format: "pem" }) };
  };
  return {
    caPem: toPem(ca),
    serverCertificate: (hosts) =>
      issue(distinguishedName([[COMMON_NAME, "kube-apiserver"]]), SERVER_AUTH, [alternativeNames(hosts)]),
    clientCertificate(user) {
      const groups = (user.groups ?? []).map((group) => [ORGANIZATION, group] as const);
      return issue(distinguishedName([...groups, [COMMON_NAME, user.name]]), CLIENT_AUTH, []);
    },
  };
}

function certificate(issuer: Issuer, subject: Buffer, publicKey: KeyObject, extensions: readonly Buffer[]): Buffer {
  const algorithm = sequence(objectId(ECDSA_SHA256));
  const serial = integer([0x01, ...randomBytes(15)]);
  const validity = sequence(time(Date.now() - DAY_MS), time(Date.now() + LIFETIME_MS));
  const key = publicKey.export({ type: "spki", format: "der" });
  const version = tagged(0xa0, integer([2]));
  const authority = extension("2.5.29.35", sequence(tagged(0x80, keyHash(issuer.publicKey))), false);
  const all = tagged(0xa3, sequence(...extensions, authority));
  const body = sequence(version, serial, algorithm, issuer.name, validity, subject, key, all);
  return sequence(body, algorithm, bits(sign("sha256", body, issuer.key)));
}

function distinguishedName(parts: readonly (readonly [string, string])[]): Buffer {
  return sequence(...parts.map(([type, value]) => set(sequence(objectId(type), text(value)))));
}

function extension(id: string, value: Buffer, isCritical: boolean): Buffer {
  return sequence(objectId(id), ...(isCritical ? [yes()] : []), octets(value));
}

function keyIdentifier(publicKey: KeyObject): Buffer {
  return extension("2.5.29.14", octets(keyHash(publicKey)), false);
}

function keyHash(publicKey: KeyObject): Buffer {
  return createHash("sha1")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest();
}

function alternativeNames(hosts: readonly string[]): Buffer {
  const names = hosts.map((host) =>
    /^[\d.]+$/.test(host)
      ? tagged(0x87, Buffer.from(host.split(".").map(Number)))
      : tagged(0x82, Buffer.from(host, "ascii")),
  );
  return extension("2.5.29.17", sequence(...names), false);
}

function toPem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
