import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startChild } from "../start-child.ts";

/** How a client reaches the stub. */
export interface StubAddress {
  readonly server: string;
  readonly caPem: string;
}

/** The stub in a process of its own; disposing ends it. */
export interface Stub extends AsyncDisposable {
  /** What a client process needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** As `env`, with the stub's CA among those that the whole process trusts. */
  readonly trustingEnv: Readonly<Record<string, string>>;
}

export async function startStub(): Promise<Stub> {
  const folder = await mkdtemp(join(tmpdir(), "flotilla-bench-"));
  const child = startChild(new URL("main.ts", import.meta.url), {});
  const address = (await child.firstLine) as StubAddress;
  const caFile = join(folder, "ca.pem");
  await writeFile(caFile, address.caPem);
  const env = { STUB_SERVER: address.server, STUB_CA: address.caPem };
  return {
    env,
    trustingEnv: { ...env, NODE_EXTRA_CA_CERTS: caFile, BENCH_POOLED: "1" },
    async [Symbol.asyncDispose]() {
      await child.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
