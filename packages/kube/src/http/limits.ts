/** Longest a request may take when its `Ctx` names no nearer deadline. kube-apiserver itself gives up after 60 s. */
export const REQUEST_TIMEOUT_MS = 30_000;
/** Longest to wait for a TCP and TLS connection. */
export const CONNECT_TIMEOUT_MS = 5_000;
/** Largest answer that is read: a page of 500 objects at the etcd limit of 1.5 MiB would be more, real pages are a tenth of this. */
export const RESPONSE_BYTES_MAX: number = 64 * 1024 * 1024;
/** Connections for requests to one cluster; watches have their own. More would not be faster: the server bounds mutations at 200 in flight. */
export const CONNECTIONS_MAX = 8;
/** Idle connections are given up before the server does it (Go's default is 90 s), so that a request seldom meets a closing one. */
export const KEEP_ALIVE_MS = 30_000;
/** Attempts of a read, the first one counted. */
export const ATTEMPTS_MAX = 4;
/** Attempts of a server-side apply whose answer was lost: repeating the same body is harmless, and one more look is enough. */
export const LOST_ANSWER_ATTEMPTS_MAX = 2;
/** First wait between attempts; doubled each time, fully jittered. */
export const BACKOFF_BASE_MS = 100;
/** Longest wait between attempts, and the longest `Retry-After` that is obeyed in place: a longer one is handed to the caller. */
export const BACKOFF_MAX_MS = 10_000;
