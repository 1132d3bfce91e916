import { afterAll, beforeAll, describe } from "vitest";
import { type ClientCalls, openClientCalls } from "./client-calls.ts";
import { preparePythonClients } from "./python-clients.ts";

/**
 * A suite in which the vendors' own clients call; skipped, with the reason in its name, where they cannot be had. Ends with the
 * number of client calls that passed.
 */
export async function describeWithClients(name: string, define: (clients: () => ClientCalls) => void): Promise<void> {
  const found = await preparePythonClients();
  const title = "reason" in found ? `${name} (skipped: ${found.reason})` : name;
  describe.skipIf("reason" in found)(title, () => {
    let clients: ClientCalls | undefined;
    beforeAll(async () => {
      if ("bin" in found) clients = await openClientCalls(found);
    });
    afterAll(async () => {
      if (clients === undefined) return;
      process.stdout.write(`${name}: ${clients.passed} client calls passed, ${clients.failed.length} failed\n`);
      await clients[Symbol.asyncDispose]();
    });
    define(() => {
      if (clients === undefined) throw new Error("the clients are not there yet: use them inside tests and hooks");
      return clients;
    });
  });
}
