import type { FakeUser } from "@flotilla/testing";
import type { CloudMember } from "./cloud-member.ts";

/** One emulated cloud, in the words that the sandbox needs of all three. */
export interface RunningCloud extends AsyncDisposable {
  /** Of the emulator, for any client of the cloud. */
  readonly url: string;
  /** What an environment needs to sign in to it. */
  readonly env: Readonly<Record<string, string>>;
  /** Of the provider's entry in `flotilla.yaml`; names variables of `env` and holds none of their values. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Whose token this is, if the cloud vouches for it at this cluster: what the cluster's API server asks. */
  userOf(member: CloudMember, token: string): FakeUser | undefined;
}

/** Everybody whom the cloud knows may do everything: the sandbox has nobody to keep out of a cluster. */
export function administrator(name: string): FakeUser {
  return { name, groups: ["system:masters"] };
}
