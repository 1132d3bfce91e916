// The API server of the benchmarks, in its own process so that the client is what is measured: pre-serialised answers over
// TLS, no state. Prints one line of JSON with where it listens, and ends when its standard input does.
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:tls";
import { issueServingCertificate } from "./certificate.ts";
import { readRequests, type StubRequest } from "./http-requests.ts";
import { asStored, sampleDeployment, samplePod } from "./sample-objects.ts";
import { streamEvents } from "./watch-stream.ts";

const PODS = Number(process.env["STUB_PODS"] ?? 5_000);
const EVENTS = Number(process.env["STUB_EVENTS"] ?? 50_000);

const kinds = (groupVersion: string, resources: readonly object[]): object => ({
  kind: "APIResourceList",
  apiVersion: "v1",
  groupVersion,
  resources: resources.map((resource) => ({
    namespaced: true,
    singularName: "",
    verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
    ...resource,
  })),
});

const answers: Readonly<Record<string, Buffer>> = {
  "GET /api": answer({ kind: "APIVersions", versions: ["v1"] }),
  "GET /apis": answer({ kind: "APIGroupList", apiVersion: "v1", groups: [] }),
  "GET /api/v1": answer(kinds("v1", [{ name: "pods", kind: "Pod" }])),
  "GET /apis/apps/v1": answer(kinds("apps/v1", [{ name: "deployments", kind: "Deployment" }])),
  "GET /version": answer({ major: "1", minor: "36", gitVersion: "v1.36.3" }),
};
const applied = answer(asStored(sampleDeployment("web"), "1500000000"));
const missing = answer(
  { kind: "Status", apiVersion: "v1", status: "Failure", reason: "NotFound", code: 404 },
  "404 Not Found",
);
const pods = answer({
  kind: "PodList",
  apiVersion: "v1",
  metadata: { resourceVersion: "1999999999" },
  items: Array.from({ length: PODS }, (_, index) => {
    const { apiVersion: _apiVersion, kind: _kind, ...item } = samplePod(index, "1000000000");
    return item;
  }),
});
const streamHead = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
let streams = 0;

function respond(socket: Socket, { method, path, query }: StubRequest): void {
  if (method === "PATCH") socket.write(applied);
  else if (method === "GET" && path.endsWith("/pods")) {
    if (!/\bwatch=(true|1)\b/.test(query)) socket.write(pods);
    else {
      socket.write(streamHead);
      // A second stream is a reconnect: it has nothing new to tell.
      streams += 1;
      if (streams === 1) streamEvents(socket, EVENTS);
    }
  } else socket.write(answers[`${method} ${path}`] ?? missing);
}

function answer(body: object, status = "200 OK"): Buffer {
  const json = Buffer.from(JSON.stringify(body));
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${json.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), json]);
}

const { certPem, keyPem } = issueServingCertificate(Date.now());
const server = createServer({ cert: certPem, key: keyPem, ALPNProtocols: ["http/1.1"] }, (socket) => {
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  readRequests(socket, (request) => respond(socket, request));
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ server: `https://127.0.0.1:${port}`, caPem: certPem })}\n`);
});
process.stdin.resume().once("end", () => process.exit(0));
