import { type Clock, createSeededRandom, systemClock } from "@flotilla/core";
import { createCertificateAuthority } from "../api-server/auth/certificate-authority.ts";
import { Connections, type TlsMaterial } from "../api-server/http/connections.ts";
import { createEmulatorClock, type EmulatorClock } from "./emulator-clock.ts";
import { createEmulatorFaultPlan, type EmulatorFaults } from "./emulator-fault.ts";
import { EmulatorFront } from "./emulator-front.ts";
import type { RecordedRequest } from "./emulator-recording.ts";
import type { EmulatorService } from "./emulator-service.ts";

const REQUESTS_MAX = 100_000;

/** What every emulator takes. */
export interface EmulatorOptions {
  /** What the cloud's time is based on, and what its waits take. Default: the machine's. */
  readonly clock?: Clock;
  /** Of latencies. Default 1. */
  readonly seed?: number;
  /** Every answer takes between these. Default: none. */
  readonly latencyMs?: { readonly min: number; readonly max: number };
  /** How long lists lag behind changes. Default 0. */
  readonly consistencyMs?: number;
  /** At most so many items a page, whatever is asked for. */
  readonly pageSizeMax?: number;
  /** Serves https with a certificate of its own authority, see `caPem`. */
  readonly tls?: boolean;
  /** Names in the certificate beside 127.0.0.1 and localhost. */
  readonly tlsNames?: readonly string[];
  /** Default: any free one. */
  readonly port?: number;
}

/** A running emulator. */
export interface EmulatorServer extends AsyncDisposable {
  readonly url: string;
  /** Where it serves https. */
  readonly caPem?: string;
  readonly clock: EmulatorClock;
  readonly faults: EmulatorFaults;
  /** Every request since the start, in the order of their answers; the last 100,000. */
  readonly requests: readonly RecordedRequest[];
  /** Breaks every open connection and goes on. */
  dropConnections(): void;
  /** Idempotent. */
  close(): Promise<void>;
}

/**
 * Serves an emulated cloud on loopback. The service gets the emulator's clock, so that tokens, windows and operations follow
 * the time that a test sets.
 */
export async function startEmulator(
  name: string,
  createService: (deps: { readonly clock: EmulatorClock }) => EmulatorService,
  options: EmulatorOptions = {},
): Promise<EmulatorServer> {
  const clock = createEmulatorClock(options.clock ?? systemClock);
  const faults = createEmulatorFaultPlan();
  const requests: RecordedRequest[] = [];
  const stopping = new AbortController();
  const front = new EmulatorFront({
    service: createService({ clock }),
    clock,
    faults,
    random: createSeededRandom(options.seed ?? 1),
    latencyMs: options.latencyMs ?? { min: 0, max: 0 },
    signal: stopping.signal,
    seen: (request) => {
      // An emulator may run for days.
      if (requests.length >= REQUESTS_MAX) requests.splice(0, REQUESTS_MAX / 10);
      requests.push(request);
    },
  });
  const tls = options.tls === true ? tlsOf(name, options.tlsNames ?? []) : undefined;
  const connections = new Connections(tls, (message, response) => void front.serve(message, response));
  const port = await connections.listen(options.port ?? 0);
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    stopping.abort();
    return (closing ??= connections.close());
  };
  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    ...(tls === undefined ? {} : { caPem: tls.caPem }),
    clock,
    faults,
    requests,
    dropConnections: () => connections.dropAll(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function tlsOf(name: string, names: readonly string[]): TlsMaterial {
  const authority = createCertificateAuthority(name);
  return { ...authority.serverCertificate(["127.0.0.1", "localhost", ...names]), caPem: authority.caPem };
}
