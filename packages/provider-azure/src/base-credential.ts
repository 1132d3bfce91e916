import { type Clock, CloudError } from "@flotilla/core";
import { AKS_SCOPE, ARM_SCOPE } from "./audiences.ts";
import type { AzureCredential } from "./azure-credential.ts";
import type { AzureOptions } from "./azure-options.ts";
import { type Environment, tokenOfVariable } from "./token-of-variable.ts";

/** What everything starts from: environment variables by name, or the chain of `@azure/identity`. */
export function baseCredential(options: AzureOptions, env: Environment, clock: Clock): AzureCredential {
  const { credentials = "default", endpoints } = options;
  if (credentials === "default") return chainCredential(endpoints?.login);
  const { tokenEnv, aksTokenEnv } = credentials;
  const names = new Map([
    [ARM_SCOPE, tokenEnv],
    [AKS_SCOPE, aksTokenEnv],
  ]);
  return {
    async getToken(scopes) {
      const scope = String(scopes);
      const name = names.get(scope);
      return name === undefined ? null : tokenOfVariable({ env, name, scope }, clock);
    },
  };
}

/** Loaded at the first token, and only if installed: the package is an optional peer. */
function chainCredential(authorityHost: string | undefined): AzureCredential {
  let loading: Promise<AzureCredential> | undefined;
  return {
    async getToken(scopes, options) {
      const chain = await (loading ??= loadChain(authorityHost));
      return chain.getToken(scopes, options);
    },
  };
}

interface IdentityPackage {
  readonly DefaultAzureCredential: new (options: { readonly authorityHost?: string }) => AzureCredential;
}

/** Not a literal at the import, so that nothing needs the package's types. */
const IDENTITY_PACKAGE = "@azure/identity";

async function loadChain(authorityHost: string | undefined): Promise<AzureCredential> {
  let identity: IdentityPackage;
  try {
    identity = (await import(IDENTITY_PACKAGE)) as IdentityPackage;
  } catch {
    throw new CloudError(
      "unauthenticated",
      `azure: credentials "default" need the package ${IDENTITY_PACKAGE}, which is not installed; ` +
        `run \`npm install ${IDENTITY_PACKAGE}\`, or name variables with credentials.tokenEnv and credentials.aksTokenEnv`,
    );
  }
  return new identity.DefaultAzureCredential(authorityHost === undefined ? {} : { authorityHost });
}
