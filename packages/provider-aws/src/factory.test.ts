import { type CloudProvider, isInputError } from "@flotilla/core";
import { Container, type ServiceIdentifier } from "inversify";
import { expect, test } from "vitest";
import { flotillaProvider } from "./factory.ts";
import { awsModule } from "./inversify.ts";

const create = (options: unknown) => flotillaProvider.create({ name: "main", options, env: {}, baseDir: "/" });

test("options of a configuration become a provider", async () => {
  const provider = await create({
    regions: ["eu-west-1", "us-gov-west-1", "eusc-de-east-1", "us-isob-east-1"],
    accounts: [{ id: "111122223333", roleArn: "arn:aws:iam::111122223333:role/a/b", externalId: "x1" }],
    endpoints: { eks: "https://eks.example" },
    credentials: { accessKeyIdEnv: "A", secretAccessKeyEnv: "B" },
  });
  expect(provider).toMatchObject({ id: "aws", name: "main" });
  expect((await create(undefined)).id).toBe("aws");
});

test.each([
  [{ region: ["eu-west-1"] }, "regions"],
  [{ regions: ["Ireland"] }, "eu-west-1"],
  [{ accounts: [{ id: "42" }] }, "12 digits"],
  [{ accounts: [{ id: 111122223333 }] }, "accounts"],
  [{ accounts: [{ id: "111122223333", roleArn: "flotilla" }] }, "ARN"],
  [{ endpoint: "ftp://x" }, "endpoint"],
  [{ endpoint: "http://10.0.0.7" }, "http on this machine"],
  [{ endpoint: "http://127.0.0.1:4566/x" }, "only scheme, host and port"],
  [{ endpoints: { eks: "https://eks.example/?x=1" } }, "only scheme, host and port"],
  [{ credentials: { accessKeyIdEnv: "A" } }, "secretAccessKeyEnv: required"],
  [{ credentials: { accessKeyIdEnv: "a key", secretAccessKeyEnv: "B" } }, "credentials"],
  [{ spot: "yes" }, "spot"],
  [{ accounts: [{ id: "111122223333" }, { id: "111122223333" }] }, "listed twice"],
  [{ accounts: [{ id: "111122223333" }], organization: { roleName: "r" } }, "either accounts or organization"],
  [{ profile: "p", credentials: { accessKeyIdEnv: "A", secretAccessKeyEnv: "B" } }, "either a profile"],
])("%j is refused", async (options, told) => {
  const error = await create(options).catch((thrown: unknown) => thrown);
  expect(isInputError(error)).toBe(true);
  expect((error as Error).message).toContain(told);
});

test("the schema of the options is plain JSON Schema", async () => {
  expect(await flotillaProvider.optionsJsonSchema()).toMatchObject({
    type: "object",
    additionalProperties: false,
    properties: { regions: { type: "array" }, spot: { type: "boolean" } },
  });
});

test("a missing credential variable is told by its name", async () => {
  const provider = await create({
    regions: ["eu-west-1"],
    endpoint: "http://127.0.0.1:9",
    credentials: { accessKeyIdEnv: "MY_KEY", secretAccessKeyEnv: "B" },
  });
  const events = Array.fromAsync(provider.discovery.discover({}, { signal: AbortSignal.timeout(5000) }));
  await expect(events).rejects.toMatchObject({
    kind: "unauthenticated",
    message: expect.stringContaining("MY_KEY") as string,
  });
});

test("a container binds one provider", () => {
  const token: ServiceIdentifier<CloudProvider> = Symbol("provider");
  const container = new Container();
  container.load(awsModule({ name: "main", token }));
  const provider = container.get<CloudProvider>(token);
  expect([provider.id, container.get<CloudProvider>(token) === provider]).toEqual(["aws", true]);
});
