import { CloudError, isCloudError, type Clock, type Ctx, type KubeAccess, type Random } from "@flotilla/core";
import type { Answer } from "./answer.ts";
import { Attempt } from "./attempt.ts";
import { createCredential, type Credential } from "./credential.ts";
import { createDispatchers, type Dispatchers, type PoolLimits } from "./dispatchers.ts";
import type { KubeRequest, KubeResponse } from "./kube-request.ts";
import { REQUEST_TIMEOUT_MS } from "./limits.ts";
import { readResponse } from "./read-response.ts";
import { publishRequest } from "./request-channel.ts";
import { createRetries, type Retries } from "./retries.ts";
import { parseServerUrl, type ServerUrl } from "./server-url.ts";
import { toCloudError } from "./to-cloud-error.ts";
import { toLateError, toTransportError } from "./transport-error.ts";

export interface KubeHttpInput {
  readonly id: string;
  readonly access: KubeAccess;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: HttpLimits;
}

export interface HttpLimits extends PoolLimits {
  /** Longest one attempt of a request may take. */
  readonly requestTimeoutMs?: number;
}

/** An open answer that does not end, e.g. a watch. Dispose it to give its connection up. */
export interface KubeStream extends Disposable {
  /** The next chunk; `undefined` at the proper end. @throws what broke the connection */
  next(): Promise<Buffer | undefined>;
  /** Ends the stream; reading it then throws. */
  abort(): void;
}

/** HTTP to one API server: credentials, time limits, pooled connections, and repeats of what may be repeated. */
export class KubeHttp implements AsyncDisposable {
  readonly id: string;
  readonly #input: KubeHttpInput;
  readonly #url: ServerUrl;
  readonly #credential: Credential;
  readonly #retries: Retries;
  readonly #timeoutMs: number;
  #dispatchers: Promise<Dispatchers> | undefined;

  constructor(input: KubeHttpInput) {
    this.id = input.id;
    this.#input = input;
    this.#url = parseServerUrl(input.id, input.access.server);
    this.#credential = createCredential(input.access.auth);
    this.#retries = createRetries(input);
    this.#timeoutMs = input.limits.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  }

  /** The parsed body of a success. @throws CloudError for everything else. */
  async send(request: KubeRequest, ctx: Ctx): Promise<unknown> {
    const response = await this.exchange(request, ctx);
    if (response.status >= 400) throw this.errorOf(request, response);
    return response.body;
  }

  /** The answer, whatever its status, after the repeats that are allowed. @throws CloudError where there is no answer. */
  async exchange(request: KubeRequest, ctx: Ctx): Promise<KubeResponse> {
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(request, ctx);
      if (!(outcome instanceof Error) && outcome.status === 401 && !renewed && this.#credential.renew()) {
        renewed = true;
        continue;
      }
      const waitMs = this.#retries.waitMs(request, outcome, attempt, ctx);
      if (waitMs === undefined) {
        if (outcome instanceof Error) throw outcome;
        return outcome;
      }
      await this.#input.clock.sleep(waitMs, { signal: ctx.signal }).catch((reason: unknown) => {
        throw isCloudError(reason)
          ? reason
          : new CloudError("cancelled", `${this.id}: ${request.describe()} cancelled`, { cause: reason });
      });
    }
  }

  /** Opens an answer without an end. One attempt: who watches reconnects anyway. @throws CloudError */
  async open(request: KubeRequest, ctx: Ctx): Promise<KubeStream> {
    const attempt = new Attempt(ctx, undefined);
    try {
      const answer = await this.#request(request, attempt, "streams");
      if ((await answer.head).status === 200) return streamOf(answer, attempt);
      const response = await readResponse(this.id, request, answer, this.#input.clock.nowMs());
      if (response.status === 401) this.#credential.renew();
      throw this.errorOf(request, response);
    } catch (error) {
      attempt[Symbol.dispose]();
      throw isCloudError(error)
        ? error
        : this.#scrubbed(toTransportError(this.id, request, error, attempt.cancelled, ctx));
    }
  }

  /** The error that an answer with a status of 400 or more means. */
  errorOf(request: KubeRequest, response: KubeResponse): CloudError {
    return this.#scrubbed(toCloudError(this.id, request, response));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const dispatchers = await this.#dispatchers?.catch(() => undefined);
    await Promise.all([dispatchers?.requests.destroy(), dispatchers?.streams.destroy()]);
  }

  async #attempt(request: KubeRequest, ctx: Ctx): Promise<KubeResponse | CloudError> {
    const startedMs = this.#input.clock.nowMs();
    const timeoutMs = Math.min(this.#timeoutMs, (ctx.deadlineMs ?? Number.POSITIVE_INFINITY) - startedMs);
    if (timeoutMs <= 0) return toLateError(this.id, request);
    using attempt = new Attempt(ctx, timeoutMs);
    try {
      ctx.signal.throwIfAborted();
      const answer = await this.#request(request, attempt, "requests");
      const response = await readResponse(this.id, request, answer, startedMs);
      publishRequest(this.id, request, response, this.#input.clock.nowMs() - startedMs);
      return response;
    } catch (error) {
      const cancelled = ctx.signal.aborted ? "aborted" : attempt.cancelled;
      const failure = this.#scrubbed(toTransportError(this.id, request, error, cancelled, ctx));
      publishRequest(this.id, request, failure, this.#input.clock.nowMs() - startedMs);
      return failure;
    }
  }

  async #request(request: KubeRequest, attempt: Attempt, pool: keyof Dispatchers): Promise<Answer> {
    const authorization = await this.#credential.header({ signal: attempt.signal });
    this.#dispatchers ??= createDispatchers(this.#input.access, this.#url.origin, this.#input.limits);
    const dispatchers = await this.#dispatchers;
    const headers: Record<string, string> = { accept: request.accept ?? "application/json", "user-agent": "flotilla" };
    if (authorization !== undefined) headers["authorization"] = authorization;
    if (request.body !== undefined) headers["content-type"] = request.contentType ?? "application/json";
    return attempt.send(dispatchers[pool], {
      origin: this.#url.origin,
      path: this.#url.prefix + request.path,
      method: request.method,
      headers,
      body: request.body ?? null,
      headersTimeout: this.#timeoutMs,
      bodyTimeout: 0, // an attempt's own timer bounds the whole of it, a watch has its liveness
    });
  }

  #scrubbed(error: CloudError): CloudError {
    const message = this.#credential.scrub(error.message);
    if (message === error.message) return error;
    return new CloudError(error.kind, message, {
      ...(error.code === undefined ? {} : { code: error.code }),
      ...(error.status === undefined ? {} : { status: error.status }),
      ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    });
  }
}

function streamOf(answer: Answer, attempt: Attempt): KubeStream {
  return {
    next: () => answer.next(),
    abort: () => attempt.abort(),
    [Symbol.dispose]() {
      attempt.abort();
      attempt[Symbol.dispose]();
    },
  };
}
