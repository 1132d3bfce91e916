import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { awsActionOf } from "./aws-action-of.ts";
import type { PythonClients } from "./python-clients.ts";

/** moto as a server, and what was asked of it. */
export interface Moto extends AsyncDisposable {
  readonly url: string;
  /** Every request in the order of the answers. */
  readonly asked: readonly MotoAnswer[];
}

export interface MotoAnswer {
  /** As in an IAM policy, e.g. `eks:ListClusters`. */
  readonly action: string;
  readonly status: number;
}

const START_TIMEOUT_MS = 60_000;

/** Starts moto behind a door that notes what passes. Ends with its parent only when disposed of. */
export async function startMoto({ bin }: PythonClients): Promise<Moto> {
  const port = await freePort();
  const child = spawn(path.join(bin, "moto_server"), ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const exited = once(child, "exit");
  await until(port, exited);
  const asked: MotoAnswer[] = [];
  const door = createServer(
    (incoming, outgoing) => void pass(port, incoming, outgoing, (answer) => asked.push(answer)),
  );
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  return {
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      door.closeAllConnections();
      door.close();
      child.kill("SIGKILL");
      await exited;
    },
  };
}

async function pass(
  port: number,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  note: (answer: MotoAnswer) => void,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const { method = "GET", url = "/", headers } = incoming;
  const upstream = httpRequest({ host: "127.0.0.1", port, method, path: url, headers }, (answer) => {
    const status = answer.statusCode ?? 0;
    note({ action: awsActionOf({ method, url, headers, body: body.toString("utf8") }), status });
    outgoing.writeHead(status, answer.headers);
    answer.pipe(outgoing);
  });
  upstream.on("error", () => outgoing.destroy());
  upstream.end(body);
}

async function until(port: number, exited: Promise<unknown[]>): Promise<void> {
  const ended = exited.then(() => Promise.reject(new Error("moto_server ended at once")));
  const deadlineMs = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadlineMs) {
    const asked = fetch(`http://127.0.0.1:${port}/moto-api/`).catch(() => undefined);
    if ((await Promise.race([asked, ended])) !== undefined) {
      ended.catch(() => undefined); // its end is awaited where it is disposed of
      return;
    }
    await Promise.race([sleep(200), ended]);
  }
  throw new Error(`moto_server did not answer within ${START_TIMEOUT_MS / 1000} s`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
