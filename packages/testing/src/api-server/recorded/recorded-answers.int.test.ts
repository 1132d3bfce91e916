import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApiServer } from "../api-server.ts";
import type { Json } from "../json/json.ts";
import { startApiServer } from "../start-api-server.ts";
import { normalize } from "./normalize-answer.ts";

interface Recorded {
  readonly label: string;
  readonly method: string;
  readonly path: string;
  readonly contentType?: string;
  readonly accept?: string;
  readonly body?: Json;
  readonly status: number;
  readonly answer: Json;
}

const { requests } = JSON.parse(readFileSync(new URL("recorded-answers.json", import.meta.url), "utf8")) as {
  readonly requests: readonly Recorded[];
};

// In this order: each request meets what those before it left.
describe("answers as kube-apiserver v1.36.3 does", () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer({ plainHttp: true });
  });
  afterAll(() => server.close());

  const send = async (recorded: Recorded): Promise<{ readonly status: number; readonly answer: Json }> => {
    const response = await fetch(server.url + recorded.path, {
      method: recorded.method,
      headers: {
        authorization: `Bearer ${server.adminToken}`,
        "content-type": recorded.contentType ?? "application/json",
        "user-agent": "",
        ...(recorded.accept === undefined ? {} : { accept: recorded.accept }),
      },
      ...(recorded.body === undefined ? {} : { body: JSON.stringify(recorded.body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
    return { status: response.status, answer: normalize(isJson ? (JSON.parse(text) as Json) : text) };
  };

  for (const recorded of requests) {
    test(recorded.label, async () => {
      expect(await send(recorded)).toEqual({ status: recorded.status, answer: recorded.answer });
    });
  }
});
