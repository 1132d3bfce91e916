import { type EmulatorReply, jsonReply } from "@flotilla/testing";
import { aksError } from "./azure-failure.ts";
import type { AzureRequest } from "./azure-request.ts";

/** Free text until the end, and an `error` beside it that means nothing: both are what the real service does. */
export function getOperation({ world, params }: AzureRequest): EmulatorReply {
  const { operation: id = "" } = params;
  const operation = world.operations.find(id);
  if (operation === undefined) return aksError(404, "NotFound", `Could not find the operation ${id}.`);
  const { startedAtMs, endsAtMs, during } = operation;
  const isOver = endsAtMs <= world.nowMs();
  const isHalfWay = world.nowMs() >= (startedAtMs + endsAtMs) / 2;
  const status = isOver ? "Succeeded" : isHalfWay ? `${during}: ReconcilingDNS` : "InProgress";
  const told = {
    name: id,
    status,
    startTime: new Date(startedAtMs).toISOString(),
    ...(isOver ? { endTime: new Date(endsAtMs).toISOString() } : {}),
    ...(status === "InProgress" ? { error: NOT_LATEST } : {}),
  };
  return jsonReply(200, told, isOver ? {} : world.operationHeaders);
}

const NOT_LATEST = {
  code: "NotLatestOperation",
  message:
    "Expected goal state for managed cluster not saved yet. This means saving goal state to database was slow or failed. This type of failed operations can usually be retried.",
};
