import { type AccessAttributes, isAllowed } from "../auth/authorize.ts";
import type { FakeRoles, FakeUser } from "../auth/user.ts";
import { readObject, type ApiRequest } from "../http/request.ts";
import { listAt, objectAt, stringAt, valueAt, type JsonObject } from "../json/json.ts";
import type { Resource } from "../resources/resource.ts";

/** What reviews ask. */
export interface Reviewer {
  readonly roles: FakeRoles;
  readonly authenticate: (token: string) => Promise<FakeUser | undefined>;
}

/** Answers TokenReview, SelfSubjectReview and the access reviews; `undefined` for any other kind. Nothing is stored. */
export async function review(
  reviewer: Reviewer,
  resource: Resource,
  request: ApiRequest,
): Promise<JsonObject | undefined> {
  const answer = answerOf(reviewer, resource, request);
  if (answer === undefined) return undefined;
  const body = readObject(request, resource);
  const status = await answer(objectAt(body, "spec"));
  return {
    ...body,
    kind: resource.kind,
    apiVersion: `${resource.group}/${resource.version}`,
    metadata: objectAt(body, "metadata"),
    status,
  };
}

function answerOf(
  reviewer: Reviewer,
  resource: Resource,
  request: ApiRequest,
): ((spec: JsonObject) => JsonObject | Promise<JsonObject>) | undefined {
  switch (resource.kind) {
    case "SelfSubjectReview":
      return () => ({ userInfo: describeUser(request.user) });
    case "TokenReview":
      return async (spec) => {
        const user = await reviewer.authenticate(stringAt(spec, "token") ?? "");
        return user === undefined
          ? { user: {}, error: "invalid bearer token" }
          : { authenticated: true, user: describeUser(user) };
      };
    case "SelfSubjectAccessReview":
      return (spec) => ({ allowed: isAllowed(request.user, attributesOf(spec), reviewer.roles) });
    case "SubjectAccessReview":
      return (spec) => {
        const groups = listAt(spec, "groups").map(String);
        return {
          allowed: isAllowed({ name: stringAt(spec, "user") ?? "", groups }, attributesOf(spec), reviewer.roles),
        };
      };
    default:
      return undefined;
  }
}

function describeUser(user: FakeUser): JsonObject {
  const groups = [...(user.groups ?? []), "system:authenticated"];
  return { username: user.name, ...(user.uid === undefined ? {} : { uid: user.uid }), groups };
}

function attributesOf(spec: JsonObject): AccessAttributes {
  const asked = objectAt(spec, "resourceAttributes");
  const isResource = valueAt(spec, "resourceAttributes") !== undefined;
  const text = (name: string): string => stringAt(asked, name) ?? "";
  return {
    isResource,
    verb: isResource ? text("verb") : (stringAt(spec, "nonResourceAttributes", "verb") ?? ""),
    group: text("group"),
    plural: text("resource"),
    subresource: text("subresource"),
    namespace: text("namespace"),
    name: text("name"),
    path: stringAt(spec, "nonResourceAttributes", "path") ?? "",
  };
}
