import type { StubAddress } from "../stub/start-stub.ts";

/** Where the stub is, as the scenario told this process. */
export function stubAddress(): StubAddress {
  const { STUB_SERVER: server, STUB_CA: caPem } = process.env;
  if (server === undefined || caPem === undefined) throw new Error("STUB_SERVER and STUB_CA say where the stub is");
  return { server, caPem };
}

/** One line of JSON and the end. */
export function tell(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
}
