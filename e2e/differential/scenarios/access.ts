import { configMap } from "../objects.ts";
import { get, pathOf, post } from "../requests.ts";
import type { Answer, Scenario } from "../step.ts";
import { at } from "../text-at.ts";

export const ACCESS_SCENARIOS: readonly Scenario[] = [
  {
    name: "who may",
    steps: (namespace) => {
      const all = pathOf("v1", namespace, "configmaps");
      const review = {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        spec: { resourceAttributes: { verb: "list", resource: "nodes" } },
      };
      const allowed = (answer: Answer): unknown => at(answer.json, "status", "allowed");
      return [
        { name: "nobody lists", as: "nobody", request: get(all) },
        { name: "nobody asks for the version", as: "nobody", request: get("/version") },
        { name: "the viewer lists", as: "viewer", request: get(all) },
        { name: "the viewer reads one", as: "viewer", request: get(`${all}/a`) },
        { name: "the viewer lists nodes", as: "viewer", request: get("/api/v1/nodes") },
        { name: "the viewer watches", as: "viewer", request: get(`${all}?watch=true`) },
        { name: "the viewer creates", as: "viewer", request: post(all, configMap("a", {})) },
        {
          name: "the viewer deletes deployments",
          as: "viewer",
          request: { method: "DELETE", path: pathOf("apps/v1", namespace, "deployments", "web") },
        },
        { name: "the viewer may discover", as: "viewer", request: get("/apis/apps/v1"), compare: "code" },
        {
          name: "the viewer asks what it may",
          as: "viewer",
          request: post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review),
          compare: allowed,
        },
        {
          name: "the administrator asks the same",
          request: post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review),
          compare: allowed,
        },
        {
          name: "the viewer asks who it is",
          as: "viewer",
          request: post("/apis/authentication.k8s.io/v1/selfsubjectreviews", {
            apiVersion: "authentication.k8s.io/v1",
            kind: "SelfSubjectReview",
          }),
          compare: (answer) => at(answer.json, "status", "userInfo", "username"),
        },
      ];
    },
  },
];
