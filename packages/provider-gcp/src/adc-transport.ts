import { isJsonObject } from "@flotilla/core";
import { limitedText } from "./limited-text.ts";
import { tokenAnswerTooLarge } from "./minting-failure.ts";

const TOKEN_HOST = "oauth2.googleapis.com";
/** Tokens are minted in a moment: an endpoint that hangs must not hold whoever waits for its token. */
const TIMEOUT_MS = 10_000;
/** Answers with a token are a few kilobytes. */
const ANSWER_BYTES_MAX = 1 << 20;

interface TokenRequest {
  readonly url: string | URL;
  readonly method?: string;
  readonly headers?: Headers | Readonly<Record<string, string>>;
  readonly data?: unknown;
}

/**
 * Client options of the auth library. For a token endpoint in the place of Google's: as much of its transporter as minting
 * needs. For the real cloud the library's own HTTP client is kept, which knows metadata servers and token exchanges; left to
 * itself it waits and reads for ever, and repeats what our policy repeats.
 */
export function adcTransport(endpoint: string | undefined): unknown {
  if (endpoint === undefined) {
    return { transporterOptions: { timeout: TIMEOUT_MS, size: ANSWER_BYTES_MAX, retryConfig: { retry: 0 } } };
  }
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
  const text = await limitedText(response, ANSWER_BYTES_MAX);
  if (text === undefined) throw tokenAnswerTooLarge();
  const answer = parsed(text);
  const { status } = response;
  if (!response.ok) throw Object.assign(new Error("refused"), { response: { status, data: answer } });
  return { data: answer, status, headers: response.headers, config: {} };
}

/** A proxy's page says no more than its status. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function textsOf(data: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(texts);
}
