import { isConfidentialUrl } from "@flotilla/core";
import * as z from "zod";
import type { AwsOptions } from "./aws-options.ts";

const REGION = z.string().regex(/^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/, "expected a region such as eu-west-1");
const ACCOUNT_ID = z.string().regex(/^\d{12}$/, "expected an account id of 12 digits, in quotes");
const ROLE_ARN = z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, "expected the ARN of a role");
/** A service has its own paths; one of the endpoint's would be signed along, and refused for reasons nobody would look for here. */
const ORIGIN = z
  .string()
  .refine(isConfidentialUrl, "expected an https URL, or http on this machine, without a user name")
  .refine((text) => !URL.canParse(text) || isOrigin(new URL(text)), {
    error: "expected only scheme, host and port, such as http://127.0.0.1:8080",
  });
const VARIABLE = z.string().regex(/^[A-Za-z_]\w*$/, "expected the name of an environment variable");

function isOrigin({ pathname, search, hash }: URL): boolean {
  return ["", "/"].includes(pathname) && search === "" && hash === "";
}

/** Loaded only when options are read. */
export function optionsSchema(): z.ZodType<AwsOptions> {
  return z.strictObject(members()).superRefine((options, check) => {
    for (const { path, message } of contradictions(options)) check.addIssue({ code: "custom", path, message });
  });
}

interface Contradiction {
  readonly path: (string | number)[];
  readonly message: string;
}

/** What each may be by itself and not together: one of the two would be left aside in silence. */
function contradictions({
  accounts = [],
  organization,
  credentials = "default",
  profile,
}: AwsOptions): Contradiction[] {
  const ids = accounts.map(({ id }) => id);
  const found: Contradiction[] = ids.flatMap((id, index) =>
    ids.indexOf(id) === index ? [] : [{ path: ["accounts", index, "id"], message: `account ${id} is listed twice` }],
  );
  if (organization !== undefined && accounts.length > 0)
    found.push({ path: ["organization"], message: "either accounts or organization" });
  if (profile !== undefined && credentials !== "default")
    found.push({ path: ["profile"], message: "either a profile or credentials by variables" });
  return found;
}

function members() {
  return {
    regions: z.exactOptional(z.array(REGION)).describe("Only these regions. Absent: every enabled region."),
    accounts: z
      .exactOptional(
        z.array(
          z.strictObject({
            id: ACCOUNT_ID,
            roleArn: z.exactOptional(ROLE_ARN),
            externalId: z.exactOptional(z.string().min(2).max(1224)),
          }),
        ),
      )
      .describe("Accounts to look into; with a role, through AssumeRole."),
    organization: z
      .exactOptional(z.strictObject({ roleName: z.string().regex(/^[\w+=,.@-]{1,64}$/) }))
      .describe("Every active account of the organization, through the role of this name in each."),
    endpoint: z.exactOptional(ORIGIN).describe("One server for every service, e.g. an emulator."),
    endpoints: z
      .exactOptional(
        z.strictObject({
          eks: z.exactOptional(ORIGIN),
          ec2: z.exactOptional(ORIGIN),
          sts: z.exactOptional(ORIGIN),
          pricing: z.exactOptional(ORIGIN),
          serviceQuotas: z.exactOptional(ORIGIN),
          organizations: z.exactOptional(ORIGIN),
        }),
      )
      .describe("One server per service; goes before endpoint."),
    credentials: z
      .exactOptional(
        z.union([
          z.literal("default"),
          z.strictObject({
            accessKeyIdEnv: VARIABLE,
            secretAccessKeyEnv: VARIABLE,
            sessionTokenEnv: z.exactOptional(VARIABLE),
          }),
        ]),
      )
      .describe("The SDK's own chain, or the names of environment variables that hold the credentials."),
    profile: z.exactOptional(z.string().min(1)).describe("A profile of the shared configuration files."),
    spot: z.exactOptional(z.boolean()).describe("Read spot prices too. Default true."),
  };
}

export function optionsJsonSchema(): unknown {
  return z.toJSONSchema(optionsSchema());
}
