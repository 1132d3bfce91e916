import { isConfidentialUrl } from "@flotilla/core";
import * as z from "zod";
import type { GcpOptions } from "./gcp-options.ts";

// Domain-scoped projects look like example.com:project.
const PROJECT = z
  .string()
  .regex(
    /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    "expected a project id such as my-project-123, not its number",
  );
const VARIABLE = z.string().regex(/^[A-Za-z_]\w*$/, "expected the name of an environment variable");
/** The generated clients keep scheme, host and port of an endpoint and nothing else, so nothing else is taken. */
const ORIGIN = z
  .string()
  .refine(isConfidentialUrl, "expected an https URL, or http on this machine, without a user name")
  .refine((text) => !URL.canParse(text) || ["", "/"].includes(new URL(text).pathname + new URL(text).search), {
    error: "expected only scheme, host and port, such as http://127.0.0.1:8080",
  });

/** Loaded only when options are read. */
export function optionsSchema(): z.ZodType<GcpOptions> {
  return z.strictObject({
    projects: z
      .exactOptional(z.array(PROJECT))
      .describe("Only these projects. Absent: every active project the credentials see."),
    endpoint: z.exactOptional(ORIGIN).describe("One server for every service, e.g. an emulator."),
    endpoints: z
      .exactOptional(
        z.strictObject({
          container: z.exactOptional(ORIGIN),
          compute: z.exactOptional(ORIGIN),
          resourceManager: z.exactOptional(ORIGIN),
          billing: z.exactOptional(ORIGIN),
          token: z.exactOptional(ORIGIN),
        }),
      )
      .describe("One server per service; goes before endpoint."),
    credentials: z
      .exactOptional(z.union([z.literal("default"), z.strictObject({ tokenEnv: VARIABLE })]))
      .describe("Application Default Credentials, or the name of an environment variable that holds an access token."),
  });
}

/** For the generated schema of the configuration. */
export function optionsJsonSchema(): unknown {
  return z.toJSONSchema(optionsSchema());
}
