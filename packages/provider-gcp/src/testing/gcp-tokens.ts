import { stableHex } from "@flotilla/testing";
import { accountNumber } from "./account-number.ts";
import { type EmulatedServiceAccount, ServiceAccountKey } from "./service-account.ts";

/** An access token that Google would know. Not a secret: it opens nothing but an emulator. */
export interface EmulatedGcpToken {
  readonly value: string;
  /** Whose it is: an e-mail address. */
  readonly account: string;
  /** OAuth scopes. Default: those that gcloud asks for. A token without cloud-platform is known, and refused by these services. */
  readonly scopes?: readonly string[];
  readonly expiresAtMs?: number;
  /** Permissions, with `*` at the end. Default: every one. */
  readonly allow?: readonly string[];
  /** A person's, made by gcloud's OAuth client: calls without a project in their path must name one to be counted for. */
  readonly needsQuotaProject?: boolean;
}

/** What every service here asks for. */
const CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";
/** What a cluster's API server needs to know an account by its e-mail address. */
const EMAIL = "https://www.googleapis.com/auth/userinfo.email";
/** What `gcloud auth application-default login` asks a person for; a refresh token gives no more and no less. */
const OF_GCLOUD: readonly string[] = ["openid", EMAIL, CLOUD_PLATFORM];

/** An account's long-lived credentials, as `gcloud auth application-default login` writes them. */
export interface EmulatedAuthorizedUser {
  readonly type: "authorized_user";
  readonly client_id: string;
  readonly client_secret: string;
  readonly refresh_token: string;
  readonly quota_project_id: string;
}

const LIFETIME_MS = 3_600_000;
const NO_SCOPE: GrantedToken = {
  error: "invalid_scope",
  problem: "Invalid OAuth scope or ID token audience provided.",
};

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
    return (token.expiresAtMs ?? Infinity) > nowMs && scopesOf(token).includes(CLOUD_PLATFORM);
  }

  /** Who a cluster's API server takes a token for. Source: GKE, role-based access control; client-go's gcp plugin. */
  userOf(token: EmulatedGcpToken): string {
    return scopesOf(token).includes(EMAIL) ? token.account : accountNumber(token.account);
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
    if (!isRight) return { error: "invalid_grant", problem: "Token has been expired or revoked." };
    return this.#grant(OF_GCLOUD, { needsQuotaProject: true }, nowMs);
  }

  /** A new token of the first account, for what its key has signed. */
  exchange(form: URLSearchParams, nowMs: number): GrantedToken {
    const assertion = form.get("assertion") ?? "";
    if (this.#key === undefined) return { error: "invalid_grant", problem: "Invalid grant: account not found" };
    const problem = this.#key.problemOf(assertion, nowMs);
    if (problem !== undefined) return { error: "invalid_grant", problem };
    const scopes = this.#key.scopesOf(assertion);
    return scopes.length === 0 ? NO_SCOPE : this.#grant(scopes, {}, nowMs);
  }

  #grant(scopes: readonly string[], more: Partial<EmulatedGcpToken>, nowMs: number): GrantedToken {
    this.#minted += 1;
    const value = `ya29.${stableHex(48, "minted", this.#first.account, String(this.#minted))}`;
    this.#known.set(value, { ...this.#first, ...more, scopes, value, expiresAtMs: nowMs + LIFETIME_MS });
    return { value, scopes, expiresInSeconds: LIFETIME_MS / 1000 - 1 };
  }
}

/** A token, or why there is none. */
export type GrantedToken =
  | {
      readonly value: string;
      readonly scopes: readonly string[];
      readonly expiresInSeconds: number;
      readonly problem?: never;
    }
  | { readonly error: "invalid_grant" | "invalid_scope"; readonly problem: string };

function scopesOf({ scopes = OF_GCLOUD }: EmulatedGcpToken): readonly string[] {
  return scopes;
}
