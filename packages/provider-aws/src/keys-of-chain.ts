import { CloudError, isCloudError } from "@flotilla/core";
import type { AwsOptions } from "./aws-options.ts";
import { checkedKeys, type KeyNames } from "./checked-keys.ts";
import type { AwsKeys } from "./keys.ts";
import type { AwsTransport } from "./transport.ts";

/**
 * Keys from where the `aws` command line has them: a profile of the shared files, or the SDK's whole chain. A profile that is
 * named and not there is an error: the chain alone would go on to the machine's own role, and look into another account.
 * What it asks on the way (STS, SSO, sign-in) goes through our transport: the same proxy, and no token to a foreign host. The
 * files are read anew each time, because other programs renew what is in them.
 *
 * @throws CloudError `unauthenticated`
 */
export async function keysOfChain(
  { profile }: Pick<AwsOptions, "profile">,
  { handler }: AwsTransport,
  /** Absent: the SDK's own choice. */
  region?: string,
): Promise<AwsKeys> {
  const { fromIni, fromNodeProviderChain } = await import("@aws-sdk/credential-providers");
  const init = {
    ignoreCache: true,
    clientConfig: { requestHandler: handler },
    // Where a role's own profile names no region. Not in `clientConfig`: there it would replace the one of the SSO session.
    ...(region === undefined ? {} : { parentClientConfig: { region } }),
  };
  try {
    const load = profile === undefined ? fromNodeProviderChain(init) : fromIni({ ...init, profile });
    return checkedKeys(await load(), WHERE_SET);
  } catch (error) {
    throw isCloudError(error) ? error : unusable(error, profile);
  }
}

/** The chain does not tell where it found them. */
const WHERE_SET: KeyNames = {
  accessKeyId: "the access key id (AWS_ACCESS_KEY_ID, or aws_access_key_id of a profile)",
  secretAccessKey: "the secret access key (AWS_SECRET_ACCESS_KEY, or aws_secret_access_key of a profile)",
  sessionToken: "the session token (AWS_SESSION_TOKEN, or aws_session_token of a profile)",
};

/** The SDK's own text is not passed on (it can quote files and commands); it only tells which advice is right. */
function unusable(error: unknown, profile: string | undefined): CloudError {
  const { name, message } = error instanceof Error ? error : { name: "Error", message: "" };
  const where = profile === undefined ? "environment, shared files, SSO and instance role" : `profile ${profile}`;
  return new CloudError(
    "unauthenticated",
    `aws: no usable credentials in ${where} (${name}); ${adviceFor(message, profile)}`,
    {
      code: name,
    },
  );
}

function adviceFor(message: string, profile: string | undefined): string {
  const option = profile === undefined ? "" : ` --profile ${profile}`;
  if (/\bsso\b/i.test(message)) return `the SSO session has ended: run \`aws sso login${option}\``;
  if (/re-?authenticate|[/\\]login[/\\]/i.test(message)) return `the session has ended: run \`aws login${option}\``;
  return "run `aws configure` or set AWS_ACCESS_KEY_ID";
}
