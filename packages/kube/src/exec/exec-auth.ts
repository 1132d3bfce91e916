import { CloudError, type Clock, type Ctx, type KubeAuth, type Token } from "@flotilla/core";
import { createMintedTokens } from "@flotilla/core";
import type { KubeconfigEntry } from "../kubeconfig/kubeconfig.ts";
import type { ExecClusterInfo, ExecCredential } from "./exec-credential.ts";
import { readExecConfig } from "./read-exec-config.ts";
import { runExecPlugin, type ExecPluginDeps } from "./run-exec-plugin.ts";

/** What a plugin gave, and how long it may be handed out again. Tokens renew themselves, so they have no end. */
export interface ExecAuth {
  readonly auth: KubeAuth;
  readonly goodUntilMs: number;
}

/** A server that refuses a certificate cannot tell us to get another one, so none is kept for longer than this. */
const CERTIFICATE_KEPT_MS = 300_000;

/**
 * Runs the plugin once to learn what it gives. A token is renewed by running it again; a certificate belongs to the
 * connection, so a later one needs a new `connect`.
 */
export async function execAuth(
  user: KubeconfigEntry,
  exec: Readonly<Record<string, unknown>>,
  cluster: ExecClusterInfo,
  deps: ExecPluginDeps & { readonly clock: Clock },
  ctx: Ctx,
): Promise<ExecAuth> {
  const config = readExecConfig(user, exec);
  const run = (signal: AbortSignal): Promise<ExecCredential> => runExecPlugin(user, config, cluster, deps, signal);
  const first = await run(ctx.signal);
  if (first.certificate !== undefined) {
    const untilMs = deps.clock.nowMs() + CERTIFICATE_KEPT_MS;
    return {
      auth: { kind: "certificate", ...first.certificate },
      goodUntilMs: Math.min(first.expiresAtMs ?? untilMs, untilMs),
    };
  }
  const mint = async (signal: AbortSignal): Promise<Token> => tokenOf(user, await run(signal));
  const tokens = createMintedTokens({ mint, clock: deps.clock, first: tokenOf(user, first) });
  return { auth: { kind: "bearer", tokens }, goodUntilMs: Number.POSITIVE_INFINITY };
}

function tokenOf(user: KubeconfigEntry, credential: ExecCredential): Token {
  if (credential.token !== undefined) return { value: credential.token, expiresAtMs: credential.expiresAtMs };
  throw new CloudError(
    "unauthenticated",
    `kubeconfig user ${JSON.stringify(user.name)}: the credential plugin gave a token before and now does not`,
  );
}
