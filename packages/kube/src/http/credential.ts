import { CloudError, type Ctx, isSendableSecret, type KubeAuth } from "@flotilla/core";
import { createSecretScrubber } from "./scrub-secrets.ts";

/** The `authorization` header of each request, and what must never be shown. */
export interface Credential {
  header(ctx: Ctx): Promise<string | undefined>;
  /** The server said 401: the next header is a new one. `false` where asking again cannot help. */
  renew(): boolean;
  /** Takes the credential out of a text that is about to be shown. */
  scrub(text: string): string;
}

/** Certificates authenticate the connection, so they have no header. */
export function createCredential(auth: KubeAuth): Credential {
  switch (auth.kind) {
    case "bearer":
      return bearer(auth);
    case "basic":
      return basic(auth);
    case "certificate":
      return { header: async () => undefined, renew: () => false, scrub: createSecretScrubber([auth.keyPem]) };
    case "none":
      return { header: async () => undefined, renew: () => false, scrub: (text) => text };
    default:
      return auth satisfies never;
  }
}

function bearer(auth: Extract<KubeAuth, { kind: "bearer" }>): Credential {
  let token: string | undefined;
  let header = "";
  return {
    async header(ctx) {
      const { value } = await auth.tokens.token(ctx);
      if (value !== token) {
        refuseUnsendable(value);
        token = value;
        header = `Bearer ${value}`;
      }
      return header;
    },
    renew() {
      auth.tokens.invalidate();
      return true;
    },
    scrub: (text) => createSecretScrubber(token === undefined ? [] : [token])(text),
  };
}

/** Some other texts Node refuses as headers; the rest go into requests that a server never answers. */
function refuseUnsendable(token: string): void {
  if (isSendableSecret(token)) return;
  const what = token === "" ? "is empty" : "holds a space, a line break or another character that no token has";
  throw new CloudError("unauthenticated", `the bearer token ${what}; look where it comes from`);
}

function basic(auth: Extract<KubeAuth, { kind: "basic" }>): Credential {
  const encoded = Buffer.from(`${auth.username}:${auth.password}`).toString("base64");
  return {
    header: async () => `Basic ${encoded}`,
    renew: () => false,
    scrub: createSecretScrubber([auth.password, encoded]),
  };
}
