import { aCluster } from "@flotilla/testing";
import { expect, test } from "vitest";
import { substituteVariables } from "./substitute-variables.ts";

const cluster = aCluster({ name: "prod", alias: "p1", labels: { tier: "gold" }, zones: ["z1", "z2"] });

test.each([
  ["plain", "plain"],
  ["${cluster.name}/${cluster.region}", "prod/eu-west-1"],
  ["${cluster.labels.tier}-${cluster.alias}-${cluster.provider}", "gold-p1-aws"],
  ["${cluster.zone}", "z1,z2"],
  ["${HOME} $(POD) ${}", "${HOME} $(POD) ${}"],
  ["$${cluster.name}", "${cluster.name}"],
])("%s becomes %s", (template, expected) => {
  expect(substituteVariables(template, cluster)).toEqual({ text: expected });
});

test("an unknown variable is an error that names the nearest one", () => {
  expect(substituteVariables("${cluster.regoin}", cluster)).toEqual({
    message: expect.stringContaining("did you mean ${cluster.region}?") as string,
  });
});

test("a fact the cluster does not have is an error, never an empty text", () => {
  const bare = aCluster({ region: null });
  expect(substituteVariables("${cluster.region}", bare)).toEqual({
    message: expect.stringContaining("has no region") as string,
  });
  expect(substituteVariables("${cluster.labels.tier}", bare)).toEqual({
    message: expect.stringContaining("has no label tier") as string,
  });
  expect(substituteVariables("${cluster.labels.constructor}", bare)).toHaveProperty("message");
});
