import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createCallPolicy, systemClock, systemRandom } from "@flotilla/core";
import { type EmulatorReply, startEmulator } from "@flotilla/testing";
import { describe, expect, test } from "vitest";
import type { AwsSession } from "./aws-session.ts";
import { toCluster } from "./cluster-model.ts";
import { openEc2Client } from "./ec2-client.ts";
import { openEksClient } from "./eks-client.ts";
import { toNodePool } from "./node-pool-model.ts";
import { openSession } from "./open-session.ts";

/**
 * Answers that the real services gave, decoded through our own client files. They are other people's data and not part of the
 * project: without the folder (`FLOTILLA_RECORDED`, or beside the repository) these tests are skipped.
 */
const REPOSITORY = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const FOLDER = join(process.env["FLOTILLA_RECORDED"] ?? join(REPOSITORY, "../shared/recorded"), "aws");
const FILES = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith(".json")) : [];

interface Exchange {
  readonly file: string;
  readonly request: { readonly method: string; readonly url: string; readonly body: unknown };
  readonly response: { readonly status: number; readonly headers: Record<string, string>; readonly body: unknown };
}

const EXCHANGES: readonly Exchange[] = FILES.flatMap((file) => {
  const read = JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as { readonly exchanges: readonly Exchange[] };
  return read.exchanges.map((exchange) => ({ ...exchange, file }));
});

async function decode<T>(exchange: Exchange, call: (session: AwsSession) => Promise<T>): Promise<T> {
  const { status, headers, body } = exchange.response;
  const reply: EmulatorReply = { status, headers, body: typeof body === "string" ? body : JSON.stringify(body) };
  await using server = await startEmulator("recorded", () => ({
    describe: () => ({ action: "", scope: "", region: "", caller: "" }),
    answer: () => reply,
    failure: () => reply,
  }));
  const session = await openSession(
    { endpoint: server.url },
    {
      env: {},
      clock: systemClock,
      policy: createCallPolicy({ clock: systemClock, random: systemRandom }, { attemptsMax: 1 }),
      credentials: async () => ({ accessKeyId: "AKIAEXAMPLE", secretAccessKey: "none" }),
    },
  );
  return await call(session);
}

const PLACE = { region: "us-east-1" };
const signal = AbortSignal.timeout(60_000);
const pathOf = ({ request }: Exchange): string => new URL(request.url).pathname;
const holds =
  (member: string) =>
  ({ response: { status, body } }: Exchange): boolean =>
    status === 200 && typeof body === "object" && body !== null && member in body;

describe.skipIf(FILES.length === 0)("recorded answers (skipped where the recordings are absent)", () => {
  test.each(EXCHANGES.filter(holds("cluster")))(
    "a cluster of $file: $request.method $request.url",
    async (exchange) => {
      const name = pathOf(exchange).split("/")[2] ?? "";
      const cluster = await decode(exchange, async (session) =>
        (await openEksClient(session, PLACE)).describeCluster(name, { signal }),
      );
      const made = toCluster({
        accountId: "644160558196",
        region: "us-east-1",
        name,
        cluster,
        nodePools: [],
        subnets: [],
        vpcCidrs: [],
      });
      expect(made.phase).not.toBe("unknown");
      expect(made.endpoint?.url).toMatch(/^https:\/\/[0-9A-F]{32}\.\w+\.us-east-[12]\.eks\.amazonaws\.com$/);
      expect(made.network.id).toMatch(/^vpc-/);
      expect(made.createdAtMs).toBeGreaterThan(Date.UTC(2018, 0, 1));
      // Fractional epoch seconds on the wire.
      expect(Number.isInteger(made.createdAtMs)).toBe(true);
    },
  );

  test.each(EXCHANGES.filter(holds("nodegroup")))("a node group of $file: $request.url", async (exchange) => {
    const group = await decode(exchange, async (session) =>
      (await openEksClient(session, PLACE)).describeNodegroup("c", "g", { signal }),
    );
    expect(toNodePool(group, "g", new Map())).toMatchObject({
      nodes: 1,
      nodesMin: 1,
      nodesMax: 1,
      instanceTypes: ["t3.medium"],
    });
  });

  test.each(EXCHANGES.filter(holds("clusters")))("the names of $file", async (exchange) => {
    const { names } = await decode(exchange, async (session) =>
      (await openEksClient(session, PLACE)).listClusters(undefined, { signal }),
    );
    expect(names.length).toBeGreaterThan(0);
  });

  test.each(EXCHANGES.filter(({ request }) => String(request.body).includes("Action=DescribeRegions")))(
    "the regions of $file",
    async (exchange) => {
      const regions = await decode(exchange, async (session) =>
        (await openEc2Client(session, PLACE)).describeRegions({ signal }),
      );
      expect(regions.length).toBeGreaterThan(10);
      expect(new Set(regions.map(({ optInStatus }) => optInStatus))).toEqual(new Set(["opt-in-not-required"]));
    },
  );

  const KINDS: Readonly<Record<number, string>> = { 400: "invalid", 404: "notFound" };
  test.each(EXCHANGES.filter(({ response }) => response.status >= 400))("the refusal of $file", async (exchange) => {
    const { status, headers } = exchange.response;
    const call = decode(exchange, async (session) =>
      (await openEksClient(session, PLACE)).describeCluster("c", { signal }),
    );
    await expect(call).rejects.toMatchObject({ kind: KINDS[status], code: headers["x-amzn-errortype"], status });
  });
});
