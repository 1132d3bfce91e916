import { stableHex } from "@flotilla/testing";
import { type EmulatedServiceAccount, ServiceAccountKey } from "./service-account.ts";

/** An access token that Google would know. Not a secret: it opens nothing but an emulator. */
export interface EmulatedGcpToken {
  readonly value: string;
  /** Whose it is: an e-mail address. */
  readonly account: string;
  /** OAuth scopes. Default: cloud-platform. A token with others is known, and refused by these services. */
  readonly scopes?: readonly string[];
  readonly expiresAtMs?: number;
  /** Permissions, with `*` at the end. Default: every one. */
  readonly allow?: readonly string[];
  /** A person's, made by gcloud's OAuth client: calls without a project in their path must name one to be counted for. */
  readonly needsQuotaProject?: boolean;
}

/** What every service here asks for. */
const CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";

/** An account's long-lived credentials, as `gcloud auth application-default login` writes them. */
export interface EmulatedAuthorizedUser {
  readonly type: "authorized_user";
  readonly client_id: string;
  readonly client_secret: string;
  readonly refresh_token: string;
  readonly quota_project_id: string;
}

const LIFETIME_MS = 3_600_000;

/** Tokens that are known, and those that the token endpoint gave out. */
export class GcpTokens {
  readonly user: EmulatedAuthorizedUser;
  readonly #known: Map<string, EmulatedGcpToken>;
  readonly #first: EmulatedGcpToken;
  readonly #project: string;
  #minted = 0;
  #key: ServiceAccountKey | undefined;

  constructor(tokens: readonly EmulatedGcpToken[], first: EmulatedGcpToken, project: string) {
    this.#project = project;
    this.#known = new Map([first, ...tokens].map((token) => [token.value, token]));
    this.#first = first;
    this.user = {
      type: "authorized_user",
      client_id: `${stableHex(12, "client", first.account)}.apps.googleusercontent.com`,
      client_secret: stableHex(24, "client secret", first.account),
      refresh_token: `1//${stableHex(40, "refresh", first.account)}`,
      quota_project_id: project,
    };
  }

  find(value: string): EmulatedGcpToken | undefined {
    return this.#known.get(value);
  }

  /** Whether a token is one that opens these services and clusters. */
  isGood(token: EmulatedGcpToken, nowMs: number): boolean {
    return (token.expiresAtMs ?? Infinity) > nowMs && (token.scopes ?? [CLOUD_PLATFORM]).includes(CLOUD_PLATFORM);
  }

  /** The first account's key file; made when it is asked for, because that takes a while. */
  get serviceAccount(): EmulatedServiceAccount {
    this.#key ??= new ServiceAccountKey(this.#first.account, this.#project);
    return this.#key.file;
  }

  /** A new token of the first account, for its refresh token: a person's. */
  refresh(form: URLSearchParams, nowMs: number): GrantedToken {
    const { client_id: id, client_secret: secret, refresh_token: refresh } = this.user;
    const isRight =
      form.get("client_id") === id && form.get("client_secret") === secret && form.get("refresh_token") === refresh;
    if (!isRight) return { problem: "Token has been expired or revoked." };
    return this.#grant({ needsQuotaProject: true }, nowMs);
  }

  /** A new token of the first account, for what its key has signed. */
  exchange(form: URLSearchParams, nowMs: number): GrantedToken {
    const assertion = form.get("assertion") ?? "";
    const problem =
      this.#key === undefined ? "Invalid grant: account not found" : this.#key.problemOf(assertion, nowMs);
    return problem === undefined ? this.#grant({}, nowMs) : { problem };
  }

  #grant(more: Partial<EmulatedGcpToken>, nowMs: number): GrantedToken {
    this.#minted += 1;
    const value = `ya29.${stableHex(48, "minted", this.#first.account, String(this.#minted))}`;
    this.#known.set(value, { ...this.#first, ...more, value, expiresAtMs: nowMs + LIFETIME_MS });
    return { value, expiresInSeconds: LIFETIME_MS / 1000 - 1 };
  }
}

/** A token, or why there is none. */
export type GrantedToken =
  | { readonly value: string; readonly expiresInSeconds: number; readonly problem?: never }
  | { readonly problem: string };
