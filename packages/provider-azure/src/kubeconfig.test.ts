import { isCloudError } from "@flotilla/core";
import { expect, test } from "vitest";
import { readKubeconfig } from "./kubeconfig.ts";

const ID = "azure/s/g/n";
const PEM = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const config = (members: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    clusters: [
      { name: "other", cluster: { server: "https://other" } },
      { name: "mine", cluster: { server: "https://mine", "certificate-authority-data": base64(PEM) } },
    ],
    users: [{ name: "u", user: { "client-certificate-data": base64(PEM), "client-key-data": base64(PEM) } }],
    contexts: [{ name: "x", context: { cluster: "mine", user: "u" } }],
    "current-context": "x",
    ...members,
  });

test("the current context decides", async () => {
  expect(await readKubeconfig(config({}), ID)).toEqual({
    server: "https://mine",
    caPem: PEM,
    certificate: { certPem: PEM, keyPem: PEM },
  });
});

test("without a context the first of each", async () => {
  const read = await readKubeconfig(config({ contexts: [], "current-context": "" }), ID);
  expect([read.server, read.caPem]).toEqual(["https://other", undefined]);
});

test("half a certificate is none, and what is no PEM is nothing", async () => {
  const half = config({ users: [{ name: "u", user: { "client-certificate-data": base64(PEM) } }] });
  expect((await readKubeconfig(half, ID)).certificate).toBeUndefined();
  const odd = config({
    users: [{ name: "u", user: { "client-certificate-data": "AAAA", "client-key-data": base64(PEM) } }],
  });
  expect((await readKubeconfig(odd, ID)).certificate).toBeUndefined();
});

const BOMB = `a: &a [x, x, x, x, x, x, x, x, x]\n${["b", "c", "d", "e", "f", "g", "h"]
  .map((name, index) => `${name}: &${name} [${`*${"abcdefg".charAt(index)}, `.repeat(9)}]`)
  .join("\n")}\n`;

test.each([
  ["nothing", ""],
  ["a blank, as scrubbed recordings hold it", " "],
  ["a list", "[]"],
  ["no server", "clusters: [{ name: c, cluster: {} }]"],
  ["broken YAML", "clusters: [secret-canary"],
  ["references that grow without end", BOMB],
  ["far too much", `# ${"x".repeat(300_000)}\nclusters: []`],
])("%s is refused, and not quoted", async (_name, text) => {
  const error = await readKubeconfig(text, ID).catch((thrown: unknown) => thrown);
  expect(isCloudError(error, "invalid")).toBe(true);
  expect((error as Error).message).toContain(ID);
  expect((error as Error).message).not.toContain("canary");
});
