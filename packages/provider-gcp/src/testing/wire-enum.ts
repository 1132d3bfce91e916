export type EnumKind =
  | "clusterStatus"
  | "poolStatus"
  | "operationStatus"
  | "operationType"
  | "taintEffect"
  | "channel"
  | "conditionCode"
  | "projectState";

/** Numbers of enum values, for clients that ask for `enum-encoding=int`. Source: the services' published protos. */
const NUMBERS: Readonly<Record<EnumKind, Readonly<Record<string, number>>>> = {
  clusterStatus: { PROVISIONING: 1, RUNNING: 2, RECONCILING: 3, STOPPING: 4, ERROR: 5, DEGRADED: 6 },
  poolStatus: { PROVISIONING: 1, RUNNING: 2, RUNNING_WITH_ERROR: 3, RECONCILING: 4, STOPPING: 5, ERROR: 6 },
  operationStatus: { PENDING: 1, RUNNING: 2, DONE: 3, ABORTING: 4 },
  operationType: { CREATE_CLUSTER: 1, DELETE_CLUSTER: 2, UPGRADE_MASTER: 3, UPGRADE_NODES: 4, REPAIR_CLUSTER: 5 },
  taintEffect: { NO_SCHEDULE: 1, PREFER_NO_SCHEDULE: 2, NO_EXECUTE: 3 },
  channel: { RAPID: 1, REGULAR: 2, STABLE: 3, EXTENDED: 4 },
  conditionCode: {
    UNKNOWN: 0,
    GCE_STOCKOUT: 1,
    GKE_SERVICE_ACCOUNT_DELETED: 2,
    GCE_QUOTA_EXCEEDED: 3,
    SET_BY_OPERATOR: 4,
  },
  projectState: { ACTIVE: 1, DELETE_REQUESTED: 2 },
};

/** An enum value in a rendered object, written as a name or a number when it is sent. */
export class WireEnum {
  readonly kind: EnumKind;
  readonly name: string;

  constructor(kind: EnumKind, name: string) {
    this.kind = kind;
    this.name = name;
  }
}

/** An object as it is sent. An unknown name stays a name, whichever way was asked for. */
export function encodeEnums(value: unknown, asNumbers: boolean): unknown {
  if (value instanceof WireEnum) {
    const numbers = NUMBERS[value.kind];
    return asNumbers ? (numbers[value.name] ?? value.name) : value.name;
  }
  if (Array.isArray(value)) return value.map((item) => encodeEnums(item, asNumbers));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, encodeEnums(member, asNumbers)]));
}
