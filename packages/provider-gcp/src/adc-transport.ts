import { isJsonObject } from "@flotilla/core";

const TOKEN_HOST = "oauth2.googleapis.com";
/** As long as the other requests may take: a token endpoint that hangs must not hold whoever waits for its token. */
const TIMEOUT_MS = 30_000;

interface TokenRequest {
  readonly url: string | URL;
  readonly method?: string;
  readonly headers?: Headers | Readonly<Record<string, string>>;
  readonly data?: unknown;
}

/**
 * Client options of the auth library for a token endpoint in the place of Google's: as much of its transporter as minting
 * needs. For the real cloud the library's own HTTP client is kept, which knows metadata servers and token exchanges.
 */
export function adcTransport(endpoint: string): unknown {
  return {
    transporter: { defaults: {}, request: (request: TokenRequest) => exchange(endpoint, request) },
    useAuthRequestParameters: false,
  };
}

async function exchange(endpoint: string, { url, method = "POST", headers, data }: TokenRequest): Promise<unknown> {
  const asked = new URL(url);
  const target = asked.host === TOKEN_HOST ? new URL(asked.pathname, endpoint) : asked;
  const form = data instanceof URLSearchParams ? data : new URLSearchParams(isJsonObject(data) ? textsOf(data) : {});
  const response = await fetch(target, {
    method,
    headers: new Headers(headers),
    body: form,
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const answer: unknown = await response.json().catch(() => undefined); // a proxy's page says no more than its status
  const { status } = response;
  if (!response.ok) throw Object.assign(new Error("refused"), { response: { status, data: answer } });
  return { data: answer, status, headers: response.headers, config: {} };
}

function textsOf(data: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(texts);
}
