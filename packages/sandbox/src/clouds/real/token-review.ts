import { isJsonObject } from "@flotilla/core";
import type { FakeUser } from "@flotilla/testing";

const API_VERSION = "authentication.k8s.io/v1";
const KIND = "TokenReview";

/** The token that an API server asks about; `undefined` for what is no TokenReview of this version. */
export function reviewedToken(body: unknown): string | undefined {
  if (!isJsonObject(body) || body["apiVersion"] !== API_VERSION || body["kind"] !== KIND) return undefined;
  const spec = body["spec"];
  const token = isJsonObject(spec) ? spec["token"] : undefined;
  return typeof token === "string" && token !== "" ? token : undefined;
}

/**
 * The answer to it. Without `audiences` the token is taken to be meant for whoever asked. Source: Kubernetes "Webhook Token
 * Authentication".
 */
export function reviewOf(user: FakeUser | undefined): object {
  return { apiVersion: API_VERSION, kind: KIND, status: user === undefined ? REFUSED : acceptedAs(user) };
}

const REFUSED = { authenticated: false };

function acceptedAs({ name, uid, groups = [] }: FakeUser): object {
  return { authenticated: true, user: { username: name, ...(uid === undefined ? {} : { uid }), groups } };
}
