import { request } from "node:https";
import { createCertificateAuthority, type KeyPairPem } from "@flotilla/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTokenWebhook, type TokenWebhook } from "./token-webhook.ts";

let webhook: TokenWebhook;
let asked: (readonly [member: string, token: string])[];
beforeEach(async () => {
  asked = [];
  webhook = await startTokenWebhook(async (member, token) => {
    asked.push([member, token]);
    if (token === "broken") throw new Error(`do not tell ${token}`);
    return token === `${member}'s` ? { name: "ada", groups: ["system:masters"] } : undefined;
  });
});
afterEach(() => webhook[Symbol.asyncDispose]());

interface Sent {
  readonly status: number;
  readonly text: string;
}

function send(pair: Partial<KeyPairPem>, body: string, method = "POST"): Promise<Sent> {
  const { url, caPem } = webhook.accessFor("anybody");
  const tls = { ca: caPem, ...(pair.certPem === undefined ? {} : { cert: pair.certPem, key: pair.keyPem }) };
  const { promise, resolve, reject } = Promise.withResolvers<Sent>();
  const outgoing = request(url, { method, agent: false, ...tls }, (response) => {
    let text = "";
    response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
  });
  outgoing.on("error", reject).end(body);
  return promise;
}

function review(token: unknown, apiVersion = "authentication.k8s.io/v1"): string {
  return JSON.stringify({
    apiVersion,
    kind: "TokenReview",
    spec: { token, audiences: ["https://kubernetes.default.svc"] },
  });
}

const status = ({ text }: Sent): unknown => (JSON.parse(text) as { readonly status: unknown }).status;

describe("the webhook", () => {
  test("says whose a token is, and of any other only that it is nobody's", async () => {
    const accepted = await send(webhook.accessFor("dublin"), review("dublin's"));
    expect(JSON.parse(accepted.text)).toEqual({
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenReview",
      status: { authenticated: true, user: { username: "ada", groups: ["system:masters"] } },
    });
    const refused = await send(webhook.accessFor("dublin"), review("virginia's"));
    expect([refused.status, status(refused)]).toEqual([200, { authenticated: false }]);
    expect(asked).toEqual([
      ["dublin", "dublin's"],
      ["dublin", "virginia's"],
    ]);
  });

  test("is closed to who has no certificate of its own authority, whatever name that bears", async () => {
    const stranger = createCertificateAuthority("token-webhook").clientCertificate({ name: "dublin" });
    await expect(send({}, review("dublin's"))).rejects.toMatchObject({
      code: expect.stringMatching(/SSL|ECONNRESET/) as unknown,
    });
    await expect(send(stranger, review("dublin's"))).rejects.toMatchObject({
      code: expect.stringMatching(/SSL|ECONNRESET/) as unknown,
    });
    expect(asked).toEqual([]);
  });

  test.each([
    ["no review", "{}", 400],
    ["a review of another version", review("t", "authentication.k8s.io/v1beta1"), 400],
    ["a token that is none", review(7), 400],
    ["an empty token", review(""), 400],
    ["no JSON", "<html>", 400],
  ])("refuses %s without asking anybody", async (_what, body, expected) => {
    expect((await send(webhook.accessFor("dublin"), body)).status).toBe(expected);
    expect(asked).toEqual([]);
  });

  test("tells nothing of what went wrong behind it", async () => {
    expect(await send(webhook.accessFor("dublin"), review("broken"))).toEqual({ status: 500, text: "" });
    expect(await send(webhook.accessFor("dublin"), "", "GET")).toEqual({ status: 405, text: "" });
  });
});
