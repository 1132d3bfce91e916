import { createServer as createHttpServer, type Server as HttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** What TLS needs. */
export interface TlsMaterial {
  readonly certPem: string;
  readonly keyPem: string;
  /** Client certificates of this authority are accepted. */
  readonly caPem: string;
}

const HOST = "127.0.0.1";
/** Longer than clients keep idle connections, so that they close first. */
const KEEP_ALIVE_MS = 120_000;

/**
 * The listening socket and the connections on it. Paused, it does what a stopped process does: the system still takes
 * connections, and nobody reads them. Killed, nothing listens.
 */
export class Connections {
  readonly #http: HttpServer;
  readonly #listener: Server;
  readonly #sockets = new Set<Socket>();
  readonly #waiting: Socket[] = [];
  #isPaused = false;

  constructor(tls: TlsMaterial | undefined, onRequest: RequestListener) {
    const options = { keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0, noDelay: true };
    this.#http =
      tls === undefined
        ? createHttpServer(options, onRequest)
        : createHttpsServer(
            {
              ...options,
              cert: tls.certPem,
              key: tls.keyPem,
              ca: tls.caPem,
              requestCert: true,
              rejectUnauthorized: false,
            },
            onRequest,
          );
    this.#http.on("tlsClientError", (_error, socket: Socket) => socket.destroy());
    this.#listener = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => this.#accept(socket));
  }

  /** Listens on loopback; port 0 takes a free one. */
  async listen(port: number): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#listener.once("error", reject).listen(port, HOST, resolve);
    await promise;
    return (this.#listener.address() as AddressInfo).port;
  }

  /** Takes connections, reads none. */
  pause(): void {
    this.#isPaused = true;
  }

  /** Reads again, also what came meanwhile. */
  resume(): void {
    this.#isPaused = false;
    for (const socket of this.#waiting.splice(0)) this.#serve(socket);
  }

  /** Breaks every connection and stops to listen. Idempotent. */
  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#listener.close(() => resolve());
    for (const socket of this.#sockets) socket.destroy();
    this.#http.closeAllConnections();
    await promise;
  }

  /** Breaks every connection and goes on listening. */
  dropAll(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => socket.destroy()).once("close", () => this.#sockets.delete(socket));
    if (this.#isPaused) this.#waiting.push(socket);
    else this.#serve(socket);
  }

  #serve(socket: Socket): void {
    if (socket.destroyed) return;
    this.#http.emit("connection", socket);
    socket.resume();
  }
}
