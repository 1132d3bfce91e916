import { isConfidentialUrl } from "@flotilla/core";
import * as z from "zod";
import type { AzureOptions } from "./azure-options.ts";
import { isOrigin } from "./hosts.ts";

const SUBSCRIPTION = z.guid("expected the id of a subscription, such as 00000000-0000-0000-0000-000000000000");
/** Links in answers are told from foreign ones by scheme, host and port, so nothing else is taken. */
const ORIGIN = z
  .string()
  .refine(isConfidentialUrl, "expected an https URL, or http on this machine, without a user name")
  .refine((text) => !URL.canParse(text) || isOrigin(new URL(text)), {
    error: "expected only scheme, host and port, such as http://127.0.0.1:8080",
  });
const VARIABLE = z.string().regex(/^[A-Za-z_]\w*$/, "expected the name of an environment variable");

/** Loaded only when options are read. */
export function optionsSchema(): z.ZodType<AzureOptions> {
  return z.strictObject({
    subscriptions: z
      .exactOptional(z.array(SUBSCRIPTION))
      .describe("Only these subscriptions. Absent: every one the credentials see that is enabled."),
    endpoint: z.exactOptional(ORIGIN).describe("One server in place of Azure Resource Manager, e.g. an emulator."),
    endpoints: z
      .exactOptional(
        z.strictObject({
          arm: z.exactOptional(ORIGIN),
          prices: z.exactOptional(ORIGIN),
          login: z.exactOptional(ORIGIN),
        }),
      )
      .describe("One server per service; goes before endpoint."),
    credentials: z
      .exactOptional(z.union([z.literal("default"), z.strictObject({ tokenEnv: VARIABLE, aksTokenEnv: VARIABLE })]))
      .describe("The chain of @azure/identity, or the names of environment variables that hold the two tokens."),
  });
}

/** The options as JSON Schema, for the configuration's generated schema. */
export function optionsJsonSchema(): unknown {
  return z.toJSONSchema(optionsSchema());
}
