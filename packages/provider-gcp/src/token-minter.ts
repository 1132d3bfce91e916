import { CloudError, isSendableSecret, type Token } from "@flotilla/core";
import { adcTransport } from "./adc-transport.ts";
import { refuseForeignEndpoints } from "./foreign-endpoints.ts";
import type { GcpOptions } from "./gcp-options.ts";
import { originsOf } from "./known-origins.ts";
import { mintingFailure } from "./minting-failure.ts";

/** Where access tokens come from. */
export interface TokenMinter {
  /** @throws CloudError `unauthenticated`, or `transient` where the token endpoint could not be asked. */
  mint(): Promise<Token>;
  /** The project that calls without a project of their own are counted for; known after the first token. */
  quotaProject(): string | undefined;
}

/**
 * What every call of the provider and every GKE API server accept; and the e-mail address, without which an API server knows a
 * service account by its number, and no RoleBinding for its address holds. Google's own plugin for kubectl asks for the same two.
 */
const SCOPES: readonly string[] = [
  "https://www.googleapis.com/auth/cloud-platform",
  "https://www.googleapis.com/auth/userinfo.email",
];

const UNIVERSE = "googleapis.com";

type Env = Readonly<Record<string, string | undefined>>;

/** How access tokens are had: from a named variable, or by Application Default Credentials (loaded at the first call). */
export function tokenMinter(options: GcpOptions, env: Env): TokenMinter {
  const { credentials = "default" } = options;
  let ofCredentials: string | undefined;
  return {
    async mint() {
      if (credentials !== "default") return fromVariable(credentials.tokenEnv, env);
      const { token, quotaProject } = await mintByDefault(options, env);
      ofCredentials = quotaProject;
      return token;
    },
    // Google's own variable goes before what the credentials say.
    quotaProject: () => textOf(env["GOOGLE_CLOUD_QUOTA_PROJECT"]) ?? ofCredentials,
  };
}

function fromVariable(name: string, env: Env): Token {
  const value = textOf(env[name]);
  if (value === undefined) {
    throw new CloudError("unauthenticated", `gcp: the environment variable ${name} holds no access token`);
  }
  if (isSendableSecret(value)) return { value, expiresAtMs: null };
  throw new CloudError(
    "unauthenticated",
    `gcp: the environment variable ${name} holds a space, a line break or another character that no access token has; set it to the token alone`,
  );
}

interface Minted {
  readonly token: Token;
  readonly quotaProject: string | undefined;
}

async function mintByDefault(options: GcpOptions, env: Env): Promise<Minted> {
  const { GoogleAuth } = await import("google-auth-library");
  const keyFilename = textOf(env["GOOGLE_APPLICATION_CREDENTIALS"]);
  const auth = new GoogleAuth({
    scopes: [...SCOPES],
    // No project is asked for. Without one the library looks for it by running gcloud and by asking the metadata server.
    projectId: "-",
    ...(keyFilename === undefined ? {} : { keyFilename }),
    clientOptions: adcTransport(options.endpoints?.token ?? options.endpoint) as never,
  });
  try {
    const client = await auth.getClient();
    refuseForeignEndpoints(auth.jsonContent, originsOf(options));
    refuseOtherUniverse(client.universeDomain);
    const { token } = await client.getAccessToken();
    if (typeof token !== "string" || !isSendableSecret(token)) {
      throw new CloudError("transient", "gcp: the token endpoint's answer holds no access token; is there a proxy?");
    }
    const { quotaProjectId, credentials } = client;
    return { token: { value: token, expiresAtMs: credentials.expiry_date ?? null }, quotaProject: quotaProjectId };
  } catch (error) {
    throw mintingFailure(error);
  }
}

/** Clouds that Google runs for others have their own hosts and another kind of token. */
function refuseOtherUniverse(domain: string): void {
  if (domain === UNIVERSE) return;
  throw new CloudError(
    "invalid",
    `gcp: the credentials are of ${domain}, and only those of ${UNIVERSE} are minted here; name a token with credentials.tokenEnv, and the endpoints`,
  );
}

function textOf(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
