import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { TLSSocket } from "node:tls";
import { createCertificateAuthority, type FakeUser } from "@flotilla/testing";
import type { TokenWebhookAccess } from "../../control-planes/control-plane.ts";
import { reviewedToken, reviewOf } from "./token-review.ts";

/** Says on loopback whose a token is, to the API servers it has given a certificate and to nobody else. */
export interface TokenWebhook extends AsyncDisposable {
  /** For one member's API server: with it, it asks about itself only. */
  accessFor(member: string): TokenWebhookAccess;
}

/** Whose token this is at that member; `undefined`: nobody's. */
export type UserAt = (member: string, token: string) => Promise<FakeUser | undefined>;

const HOST = "127.0.0.1";
/** A review is a token and some names; nothing that is honest is larger. */
const BODY_BYTES_MAX = 1_048_576;

/** Starts it with an authority of its own, made for it: no certificate of a cluster opens it. */
export async function startTokenWebhook(userAt: UserAt): Promise<TokenWebhook> {
  const authority = createCertificateAuthority("token-webhook");
  const { certPem, keyPem } = authority.serverCertificate([HOST]);
  const { caPem } = authority;
  const tls = { cert: certPem, key: keyPem, ca: caPem, requestCert: true, rejectUnauthorized: true };
  const server = createServer(tls, (request, response) => void answer(request, response, userAt));
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject).listen(0, HOST, resolve);
  await promise;
  const url = `https://${HOST}:${(server.address() as AddressInfo).port}/`;
  return {
    accessFor: (member) => ({ url, caPem, ...authority.clientCertificate({ name: member }) }),
    async [Symbol.asyncDispose]() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, userAt: UserAt): Promise<void> {
  try {
    const member = askerOf(request);
    if (member === undefined) return end(response, 403);
    if (request.method !== "POST") return end(response, 405);
    const text = await bodyOf(request);
    if (text === undefined) return end(response, 413);
    const token = reviewedToken(parsed(text));
    if (token === undefined) return end(response, 400);
    end(response, 200, reviewOf(await userAt(member, token)));
  } catch {
    // Whoever asked gets no more than that: the cause might hold the token. The API server then refuses the request.
    end(response, 500);
  }
}

/** The certificate says which member asks: it cannot ask in another's name. */
function askerOf({ socket }: IncomingMessage): string | undefined {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const name = socket.getPeerCertificate().subject?.CN;
  return typeof name === "string" && name !== "" ? name : undefined;
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function end(response: ServerResponse, status: number, body?: object): void {
  if (response.destroyed || response.headersSent) return;
  response
    .writeHead(status, { "content-type": "application/json" })
    .end(body === undefined ? "" : JSON.stringify(body));
}
