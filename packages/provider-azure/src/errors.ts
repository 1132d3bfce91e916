import { CloudError, type CloudErrorKind } from "@flotilla/core";
import { AZURE_ERRORS, type AzureErrorRow, BUSY_TEXT } from "./error-table.ts";

/** What came back over the wire, out of either of Azure's error shapes. */
export interface AzureFailure {
  readonly action: string;
  /** HTTP status. */
  readonly status: number;
  readonly code: string;
  /** The code of the first detail: the real one where `code` only says that something went wrong. */
  readonly detailCode?: string;
  readonly message: string;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
}

const WHAT_TO_DO: Readonly<Partial<Record<CloudErrorKind, string>>> = {
  unauthenticated: "check that the credentials are present and not expired, and that this machine's clock is right",
  denied: "grant the action to the identity (docs/permissions/azure-role.json lists what is needed)",
  policy: "an Azure Policy forbids it; ask whoever owns the management group",
  disabled:
    "check the id of the subscription, enable it, or register the resource provider Microsoft.ContainerService in it",
  quota: "ask for a higher quota, or use another region",
  throttled: "it is repeated by itself; fewer callers of the same subscription help",
};

/** Translates a failure; what no row knows keeps its code, and its status decides. */
export function toCloudError(failure: AzureFailure): CloudError {
  const row = rowOf(failure);
  const kind = row?.kind ?? kindOfStatus(failure);
  const todo = row?.todo ?? WHAT_TO_DO[kind];
  const code =
    failure.detailCode !== undefined && rowFor(failure, failure.detailCode) !== undefined
      ? failure.detailCode
      : failure.code;
  const said = failure.message === "" ? code : `${code}: ${failure.message}`;
  return new CloudError(kind, `azure ${failure.action}: ${said}${todo === undefined ? "" : `; ${todo}`}`, {
    code,
    vendorMessage: failure.message,
    status: failure.status,
    ...(failure.requestId === undefined ? {} : { requestId: failure.requestId }),
    ...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
  });
}

/** A 429 is not only throttling: there the detail says what it is. Elsewhere the detail is asked where the code says nothing. */
function rowOf(failure: AzureFailure): AzureErrorRow | undefined {
  const { code, detailCode } = failure;
  const ofDetail = detailCode === undefined ? undefined : rowFor(failure, detailCode);
  const ofCode = rowFor(failure, code);
  return failure.status === 429 ? (ofDetail ?? ofCode) : (ofCode ?? ofDetail);
}

function rowFor(failure: AzureFailure, code: string): AzureErrorRow | undefined {
  const name = comparable(code);
  return AZURE_ERRORS.find(
    (row) =>
      comparable(row.code) === name &&
      (row.status === undefined || row.status === failure.status) &&
      (row.text === undefined || row.text.test(failure.message)),
  );
}

/** AKS writes `ErrCode_` before some of its codes and not before others, and one code in more than one case. */
function comparable(code: string): string {
  return code.toLowerCase().replace(/^errcode_/, "");
}

/** 501 and 505 say that it will never work. Source: the retry rule of the Azure SDKs. */
function kindOfStatus({ status, message }: AzureFailure): CloudErrorKind {
  if (status === 501 || status === 505) return "invalid";
  if (status === 408 || status >= 500 || (status >= 200 && status < 300)) return "transient";
  if (status === 429) return "throttled";
  if (status === 401) return "unauthenticated";
  if (status === 403) return "denied";
  if (status === 404 || status === 410) return "notFound";
  if (status === 409) return BUSY_TEXT.test(message) ? "busy" : "internal";
  if (status === 412) return "stale";
  if (status === 400) return "invalid";
  return "internal";
}
