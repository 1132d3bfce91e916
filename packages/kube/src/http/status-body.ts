import { isJsonObject } from "@flotilla/core";

/** The parts of a Kubernetes `Status` that say why. Absent parts are empty. */
export interface StatusBody {
  readonly code: number | undefined;
  readonly reason: string;
  readonly message: string;
  readonly causes: readonly StatusCause[];
  readonly retryAfterSeconds: number | undefined;
}

interface StatusCause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

/** Reads `kind: Status`; `undefined` for anything else. Source: apimachinery `metav1.Status`. */
export function readStatusBody(body: unknown): StatusBody | undefined {
  if (!isJsonObject(body) || body["kind"] !== "Status") return undefined;
  const details = isJsonObject(body["details"]) ? body["details"] : {};
  const causes = Array.isArray(details["causes"]) ? details["causes"].filter(isJsonObject) : [];
  return {
    code: typeof body["code"] === "number" ? body["code"] : undefined,
    reason: text(body["reason"]),
    message: text(body["message"]),
    causes: causes.map((cause) => ({
      reason: text(cause["reason"]),
      message: text(cause["message"]),
      field: text(cause["field"]),
    })),
    retryAfterSeconds: typeof details["retryAfterSeconds"] === "number" ? details["retryAfterSeconds"] : undefined,
  };
}

/** A failure told with HTTP status 200: proxies and some aggregated servers do that. */
export function isFailureStatus(body: unknown): boolean {
  return isJsonObject(body) && body["kind"] === "Status" && body["status"] === "Failure";
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
