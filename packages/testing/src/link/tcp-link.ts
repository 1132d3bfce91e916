import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A wire between a client and a server on this machine that can be cut, stalled and mended. Bytes pass untouched, TLS too. */
export interface TcpLink extends AsyncDisposable {
  /** Where the client connects: 127.0.0.1 at this port. */
  readonly port: number;
  /** Connections open now. */
  readonly connections: number;
  /** Resets every connection, and every new one at once. */
  cut(): void;
  /** Accepts and keeps connections, yet no byte passes in either direction: a server that hangs. */
  stall(): void;
  /** Lets bytes pass again, those held back by `stall` first. */
  mend(): void;
}

type LinkState = "up" | "cut" | "stalled";

/** Listens on a free port of 127.0.0.1 and forwards to `target`. */
export async function openTcpLink(target: { readonly host?: string; readonly port: number }): Promise<TcpLink> {
  let state: LinkState = "up";
  const wires = new Set<Wire>();
  const server = createServer({ noDelay: true }, (client) => {
    if (state === "cut") {
      client.resetAndDestroy();
      return;
    }
    const wire = openWire(client, connect({ host: target.host ?? "127.0.0.1", port: target.port, noDelay: true }));
    if (state === "stalled") wire.pause();
    wires.add(wire);
    client.once("close", () => wires.delete(wire));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const reset = (): void => {
    for (const wire of wires) wire.reset();
  };
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return wires.size;
    },
    cut() {
      state = "cut";
      reset();
    },
    stall() {
      state = "stalled";
      for (const wire of wires) wire.pause();
    },
    mend() {
      state = "up";
      for (const wire of wires) wire.resume();
    },
    async [Symbol.asyncDispose]() {
      reset();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

interface Wire {
  pause(): void;
  resume(): void;
  reset(): void;
}

function openWire(client: Socket, upstream: Socket): Wire {
  const ends = [client, upstream] as const;
  const reset = (): void => {
    for (const end of ends) if (!end.destroyed) end.resetAndDestroy();
  };
  for (const end of ends) end.on("error", reset);
  client.pipe(upstream);
  upstream.pipe(client);
  client.once("close", () => upstream.destroy());
  upstream.once("close", () => client.destroy());
  return {
    pause() {
      client.unpipe(upstream).pause();
      upstream.unpipe(client).pause();
    },
    resume() {
      client.pipe(upstream);
      upstream.pipe(client);
    },
    reset,
  };
}
