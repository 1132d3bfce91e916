import { type EmulatedCloud, stableHex } from "@flotilla/testing";

/** A user of an emulated account with access keys. */
export interface EmulatedAwsUser {
  readonly account: string;
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Actions allowed, with `*` at the end: `eks:List*`. Default: every one. */
  readonly allow?: readonly string[];
}

/** A role that callers of other accounts may assume. */
export interface EmulatedAwsRole {
  readonly arn: string;
  /** Accounts it trusts. Default: every account of the fleet. */
  readonly trusts?: readonly string[];
  readonly externalId?: string;
  readonly allow?: readonly string[];
}

/** Somebody whose signature was found right. */
export interface AwsCaller {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
  readonly allow: readonly string[];
}

export interface AwsKey {
  readonly caller: AwsCaller;
  readonly secretAccessKey: string;
  /** Keys of a role come with one. */
  readonly sessionToken?: string;
  readonly expiresAtMs?: number;
}

export interface AssumedRole {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAtMs: number;
  readonly caller: AwsCaller;
}

/** The default user's keys: of the first account, allowed everything. Not secrets: they open nothing but an emulator. */
export function defaultUser(fleet: EmulatedCloud): EmulatedAwsUser {
  const account = fleet.scopes[0]?.id ?? "000000000000";
  return {
    account,
    name: "flotilla",
    accessKeyId: keyId("AKIA", account, "flotilla"),
    secretAccessKey: Buffer.from(stableHex(60, "secret", account), "hex").toString("base64"),
  };
}

/** Who may call: users with their keys, roles, and the keys of roles that were assumed. */
export class AwsIdentities {
  readonly #keys = new Map<string, AwsKey>();
  readonly #roles: ReadonlyMap<string, EmulatedAwsRole>;
  #sessions = 0;

  constructor(users: readonly EmulatedAwsUser[], roles: readonly EmulatedAwsRole[]) {
    for (const { account, name, accessKeyId, secretAccessKey, allow = ["*"] } of users) {
      const arn = `arn:aws:iam::${account}:user/${name}`;
      const userId = keyId("AIDA", account, name);
      this.#keys.set(accessKeyId, { caller: { account, arn, userId, allow }, secretAccessKey });
    }
    this.#roles = new Map(roles.map((role) => [role.arn, role]));
  }

  key(accessKeyId: string): AwsKey | undefined {
    return this.#keys.get(accessKeyId);
  }

  role(arn: string): EmulatedAwsRole | undefined {
    return this.#roles.get(arn);
  }

  /** New keys of a role, good until `expiresAtMs`. The caller has checked that it may be assumed. */
  assume(role: EmulatedAwsRole, sessionName: string, expiresAtMs: number): AssumedRole {
    this.#sessions += 1;
    const seed = `${role.arn} ${sessionName} ${this.#sessions}`;
    const [, account = "", roleName = ""] = /^arn:[\w-]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(role.arn) ?? [];
    const accessKeyId = keyId("ASIA", seed);
    const caller: AwsCaller = {
      account,
      arn: `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`,
      userId: `${keyId("AROA", role.arn)}:${sessionName}`,
      allow: role.allow ?? ["*"],
    };
    const secretAccessKey = Buffer.from(stableHex(60, "role secret", seed), "hex").toString("base64");
    const sessionToken = `IQoJb3JpZ2luX2Vj${Buffer.from(stableHex(64, "token", seed)).toString("base64")}`;
    this.#keys.set(accessKeyId, { caller, secretAccessKey, sessionToken, expiresAtMs });
    return { accessKeyId, secretAccessKey, sessionToken, expiresAtMs, caller };
  }
}

/** Whether a list of allowed actions covers one. */
export function isAllowed(allow: readonly string[], action: string): boolean {
  return allow.some((pattern) =>
    pattern.endsWith("*") ? action.startsWith(pattern.slice(0, -1)) : pattern === action,
  );
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Twenty characters, as IAM's unique ids are: a prefix that says what it names, and sixteen of base 32. */
function keyId(prefix: string, ...parts: readonly string[]): string {
  const digits = stableHex(32, prefix, ...parts);
  const letters = Array.from({ length: 16 }, (_, index) =>
    BASE32.charAt(Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16) % BASE32.length),
  );
  return `${prefix}${letters.join("")}`;
}
