import { jsonReply } from "@flotilla/testing";
import type { GrantedToken } from "./gcp-tokens.ts";
import type { GcpMethod, GcpWorld } from "./gcp-world.ts";

/** OAuth 2's token endpoint, for the refresh token of the emulated user and what the emulated account's key has signed. */
export const MINT_TOKEN: GcpMethod = {
  action: "oauth2.token",
  service: "oauth2",
  isOpen: true,
  answer: () => ({}),
  reply({ world, request }) {
    const form = new URLSearchParams(request.body.toString("utf8"));
    const granted = grantOf(world, form);
    if (granted === undefined) {
      return jsonReply(400, { error: "unsupported_grant_type", error_description: "Invalid grant_type" });
    }
    if (granted.problem !== undefined) {
      return jsonReply(400, { error: granted.error, error_description: granted.problem });
    }
    const { value, scopes, expiresInSeconds } = granted;
    return jsonReply(200, {
      access_token: value,
      expires_in: expiresInSeconds,
      scope: scopes.join(" "),
      token_type: "Bearer",
    });
  },
};

function grantOf({ tokens, nowMs }: GcpWorld, form: URLSearchParams): GrantedToken | undefined {
  switch (form.get("grant_type") ?? "") {
    case "refresh_token":
      return tokens.refresh(form, nowMs());
    case "urn:ietf:params:oauth:grant-type:jwt-bearer":
      return tokens.exchange(form, nowMs());
    default:
      return undefined;
  }
}
