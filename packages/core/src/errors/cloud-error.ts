/** Every way a call to a cloud or a cluster can fail. Closed: adapters translate into it, unknown signals become `internal`. */
export type CloudErrorKind =
  | "throttled"
  | "transient"
  | "timeoutUnknown"
  | "busy"
  | "stale"
  | "propagation"
  | "quota"
  | "capacity"
  | "offering"
  | "denied"
  | "unauthenticated"
  | "policy"
  | "disabled"
  | "notFound"
  | "exists"
  | "inUse"
  | "invalid"
  | "cancelled"
  | "internal";

/** What the vendor said, where it said anything. Never a credential. */
export interface CloudErrorOptions {
  /** The vendor's own code, e.g. `ThrottlingException`, and its text (already scrubbed of secrets). */
  readonly code?: string;
  readonly vendorMessage?: string;
  /** HTTP status, where the failure came over HTTP. */
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly requestId?: string;
  readonly cause?: unknown;
}

/**
 * A failed call, told in the project's own words. The message names the object, what was tried and what to do;
 * it never holds a credential. Branch on `kind` through `isCloudError`, never on the text or on `instanceof`.
 */
export class CloudError extends Error {
  override readonly name = "CloudError";
  readonly kind: CloudErrorKind;
  readonly code: string | undefined;
  readonly vendorMessage: string | undefined;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly requestId: string | undefined;

  constructor(kind: CloudErrorKind, message: string, options: CloudErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.code = options.code;
    this.vendorMessage = options.vendorMessage;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.requestId = options.requestId;
  }
}

/** By name, not by class: two installed copies of this package must understand each other. */
export function isCloudError(error: unknown, kind?: CloudErrorKind): error is CloudError {
  return (
    error instanceof Error &&
    error.name === "CloudError" &&
    "kind" in error &&
    (kind === undefined || error.kind === kind)
  );
}
