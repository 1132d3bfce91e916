import { isInputError } from "@flotilla/core";
import { Container } from "inversify";
import { expect, test } from "vitest";
import type { CloudProvider } from "@flotilla/core";
import { flotillaProvider } from "./factory.ts";
import { azureModule } from "./inversify.ts";

const create = (options: unknown) => flotillaProvider.create({ name: "main", options, env: {}, baseDir: "/" });

test("options of a configuration become a provider", async () => {
  const provider = await create({
    subscriptions: ["11111111-1111-4111-8111-111111111111"],
    endpoints: { arm: "https://arm.example" },
    credentials: { tokenEnv: "ARM_TOKEN", aksTokenEnv: "AKS_TOKEN" },
  });
  expect(provider).toMatchObject({ id: "azure", name: "main" });
  expect((await create(undefined)).id).toBe("azure");
});

test.each([
  [{ subscription: [] }, "subscription"],
  [{ subscriptions: ["main"] }, "expected the id of a subscription"],
  [{ endpoint: "ftp://x" }, "endpoint"],
  [{ endpoint: "http://10.0.0.7" }, "http on this machine"],
  [{ endpoint: "http://127.0.0.1:8080/x" }, "expected only scheme, host and port"],
  [{ endpoints: { prices: "https://prices.example?x=1" } }, "expected only scheme, host and port"],
  [{ credentials: { tokenEnv: "A" } }, "credentials"],
  [{ credentials: { tokenEnv: "a secret", aksTokenEnv: "B" } }, "credentials"],
])("%j is refused", async (options, told) => {
  const error = await create(options).catch((thrown: unknown) => thrown);
  expect(isInputError(error)).toBe(true);
  expect((error as Error).message).toContain(told);
});

test("the schema of the options is plain JSON Schema", async () => {
  expect(await flotillaProvider.optionsJsonSchema()).toMatchObject({
    type: "object",
    additionalProperties: false,
    properties: { subscriptions: { type: "array" }, credentials: { anyOf: expect.any(Array) as unknown } },
  });
});

test("a container binds one provider", () => {
  const token = Symbol("CloudProvider");
  const container = new Container();
  container.load(azureModule({ name: "main", token }));
  const provider = container.get<CloudProvider>(token);
  expect(provider.id).toBe("azure");
  expect(container.get(token)).toBe(provider);
});

test("a container's provider uses the credential it is given", async () => {
  const token = Symbol("CloudProvider");
  const container = new Container();
  const asked: string[] = [];
  const getToken = async (scopes: string | string[]) => {
    asked.push(String(scopes));
    throw new Error("none today");
  };
  container.load(azureModule({ name: "main", token, credential: { getToken } }));
  const provider = container.get<CloudProvider>(token);
  const found = Array.fromAsync(provider.discovery.discover({}, { signal: AbortSignal.timeout(5000) }));
  await expect(found).rejects.toMatchObject({ kind: "unauthenticated" });
  expect(asked).toEqual(["https://management.azure.com/.default"]);
});
