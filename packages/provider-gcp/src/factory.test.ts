import { type CloudProvider, isInputError } from "@flotilla/core";
import { Container } from "inversify";
import { expect, test } from "vitest";
import { flotillaProvider } from "./factory.ts";
import { gcpModule } from "./inversify.ts";
import { originsOf } from "./known-origins.ts";

const create = (options: unknown) => flotillaProvider.create({ name: "main", options, env: {}, baseDir: "/" });

test("options are checked with suggestions, and the schema knows them", async () => {
  const fine = {
    projects: ["my-project-1"],
    endpoint: "http://127.0.0.1:8080",
    credentials: { tokenEnv: "SANDBOX_GCP_TOKEN" },
  };
  expect((await create(fine)).id).toBe("gcp");
  expect((await create(undefined)).name).toBe("main");
  const wrong = create({ project: ["x"] });
  await expect(wrong).rejects.toSatisfy(isInputError);
  await expect(wrong).rejects.toThrow("projects");
  expect(JSON.stringify(await flotillaProvider.optionsJsonSchema())).toContain("tokenEnv");
});

test.for([
  { projects: ["123456789012"] },
  { endpoint: "http://127.0.0.1:8080/base" },
  { endpoint: "ftp://127.0.0.1" },
  { endpoint: "http://10.0.0.7" },
  { credentials: { tokenEnv: "not a name" } },
  { credentials: { token: "ya29.secret" } },
  { endpoints: { eks: "http://127.0.0.1" } },
])("%o is refused", async (options) => {
  const refused: unknown = await create(options).catch((error: unknown) => error);
  expect(isInputError(refused)).toBe(true);
  expect(String(refused)).not.toContain("ya29");
});

test("the inversify module binds one provider, made once", () => {
  const token = Symbol.for("CloudProvider");
  const container = new Container();
  container.load(gcpModule({ name: "main", token }));
  const [provider] = container.getAll<CloudProvider>(token);
  expect(provider?.id).toBe("gcp");
  expect(container.getAll<CloudProvider>(token)[0]).toBe(provider);
});

test.for([
  ["https://container.googleapis.com/v1", true],
  ["https://container.googleapis.com:443/v1", true],
  ["http://127.0.0.1:8080/v1", true],
  ["http://container.googleapis.com/v1", false],
  ["https://container.googleapis.com:8443/v1", false],
  ["https://user@container.googleapis.com/v1", false],
  ["https://googleapis.com.evil.example/v1", false],
  ["https://evilgoogleapis.com/v1", false],
  ["http://127.0.0.1:8081/v1", false],
  ["https://127.0.0.1:8080/v1", false],
] as const)("a token may go to %s: %s", ([url, may]) => {
  expect(originsOf({ endpoints: { container: "http://127.0.0.1:8080" } })(new URL(url))).toBe(may);
});
