import { CloudError, isJsonObject, type Token } from "@flotilla/core";
import type { GcpOptions } from "./gcp-options.ts";

/** What every call of the provider and every GKE API server accept. */
const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
const TOKEN_HOST = "oauth2.googleapis.com";

/** How access tokens are had: from a named variable, or by Application Default Credentials (loaded at the first call). */
export function tokenMinter(
  options: GcpOptions,
  env: Readonly<Record<string, string | undefined>>,
): () => Promise<Token> {
  const { credentials = "default" } = options;
  if (credentials === "default") return () => mintByDefault(options, env);
  return async () => {
    const value = env[credentials.tokenEnv];
    if (value !== undefined && value !== "") return { value, expiresAtMs: null };
    throw new CloudError(
      "unauthenticated",
      `gcp: the environment variable ${credentials.tokenEnv} holds no access token`,
    );
  };
}

async function mintByDefault(options: GcpOptions, env: Readonly<Record<string, string | undefined>>): Promise<Token> {
  const { GoogleAuth } = await import("google-auth-library");
  const keyFilename = env["GOOGLE_APPLICATION_CREDENTIALS"];
  const endpoint = options.endpoints?.token ?? options.endpoint;
  // The library's own HTTP client is kept for the real cloud, whose metadata servers and token exchanges it knows.
  type ClientOptions = NonNullable<ConstructorParameters<typeof GoogleAuth>[0]>["clientOptions"];
  const clientOptions = { transporter: redirectedTransport(endpoint ?? ""), useAuthRequestParameters: false };
  const auth = new GoogleAuth({
    scopes: [SCOPE],
    ...(keyFilename === undefined || keyFilename === "" ? {} : { keyFilename }),
    ...(endpoint === undefined ? {} : { clientOptions: clientOptions as unknown as NonNullable<ClientOptions> }),
  });
  try {
    const client = await auth.getClient();
    const { token } = await client.getAccessToken();
    if (typeof token !== "string" || token === "") throw new Error("no token");
    return { value: token, expiresAtMs: client.credentials.expiry_date ?? null };
  } catch (error) {
    throw unauthenticated(error);
  }
}

interface TokenRequest {
  readonly url: string | URL;
  readonly method?: string;
  readonly headers?: Headers | Readonly<Record<string, string>>;
  readonly data?: unknown;
}

/** As much of the library's transporter as minting needs: what would go to Google's token endpoint goes to the configured one. */
function redirectedTransport(endpoint: string): unknown {
  return {
    defaults: {},
    async request({ url, method = "POST", headers, data }: TokenRequest): Promise<unknown> {
      const asked = new URL(url);
      const target = asked.host === TOKEN_HOST ? new URL(asked.pathname, endpoint) : asked;
      const form =
        data instanceof URLSearchParams ? data : new URLSearchParams(isJsonObject(data) ? textsOf(data) : {});
      const response = await fetch(target, { method, headers: new Headers(headers), body: form, redirect: "error" });
      const answer: unknown = await response.json();
      if (!response.ok) throw Object.assign(new Error("refused"), { response: { data: answer } });
      return { data: answer, status: response.status, headers: response.headers, config: {} };
    },
  };
}

function textsOf(data: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(texts);
}

/** Only OAuth's own code is taken over: the library's errors hold the request with its assertion. */
function unauthenticated(error: unknown): CloudError {
  const response = error instanceof Error && "response" in error ? error.response : undefined;
  const body =
    isJsonObject(response) || response instanceof Object ? (response as { readonly data?: unknown }).data : undefined;
  const code = isJsonObject(body) && typeof body["error"] === "string" ? body["error"] : undefined;
  return new CloudError(
    "unauthenticated",
    `gcp: no access token by Application Default Credentials${code === undefined ? "" : ` (${code})`}; run "gcloud auth application-default login", set GOOGLE_APPLICATION_CREDENTIALS, or name a token with credentials.tokenEnv`,
    code === undefined ? {} : { code },
  );
}
