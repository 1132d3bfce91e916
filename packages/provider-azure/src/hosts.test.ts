import fc from "fast-check";
import { isCloudError } from "@flotilla/core";
import { expect, test } from "vitest";
import { hostsOf } from "./hosts.ts";

const ARM = "https://management.azure.com/subscriptions?api-version=1";
const PRICES = "https://prices.azure.com/api/retail/prices?$skip=1";

const refuses = (work: () => unknown): boolean => {
  try {
    work();
    return false;
  } catch (error) {
    return isCloudError(error, "policy");
  }
};

test("Azure's own hosts stay, without an override", () => {
  const hosts = hostsOf({});
  expect(hosts.route(ARM, true).href).toBe(ARM);
  expect(hosts.canonical("https://prices.azure.com:443/api/retail/prices?$skip=1")).toBe(PRICES);
  expect(hosts.armHostname).toBeUndefined();
});

test("an override takes a host's place, and links lead back", () => {
  const hosts = hostsOf({ endpoint: "http://127.0.0.1:8/", endpoints: { prices: "https://prices.example" } });
  expect(hosts.route(ARM, true).href).toBe("http://127.0.0.1:8/subscriptions?api-version=1");
  expect(hosts.route(PRICES, false).href).toBe("https://prices.example/api/retail/prices?$skip=1");
  expect(hosts.canonical("http://127.0.0.1:8/subscriptions?api-version=1")).toBe(ARM);
  expect(hosts.canonical("https://prices.example/api/retail/prices?$skip=1")).toBe(PRICES);
  expect(refuses(() => hosts.canonical("http://127.0.0.1:9/subscriptions"))).toBe(true);
  expect(refuses(() => hosts.canonical("http://127.0.0.1:8/api/retail/prices"))).toBe(true);
  expect(hosts.armHostname).toBe("127.0.0.1");
});

test.each([
  "http://management.azure.com/subscriptions",
  "https://management.azure.com.evil.example/",
  "https://management.azure.com@evil.example/",
  "https://evil.example/?https://management.azure.com/",
  "//management.azure.com/x",
  "subscriptions",
])("%s is not followed", (link) => {
  const hosts = hostsOf({});
  expect([refuses(() => hosts.canonical(link)), refuses(() => hosts.route(link, false))]).toEqual([true, true]);
});

test("a token goes to Resource Manager alone, wherever a link in its answers leads", () => {
  for (const hosts of [hostsOf({}), hostsOf({ endpoints: { prices: "https://prices.example" } })]) {
    expect(refuses(() => hosts.route(PRICES, true))).toBe(true);
    expect(refuses(() => hosts.route(ARM, true))).toBe(false);
  }
});

test.each([
  "127.0.0.1:8080",
  "ftp://127.0.0.1",
  "https://user:secret@127.0.0.1",
  "http://127.0.0.1/secret",
  "http://127.0.0.1?secret",
  "here",
])("%s is no endpoint", (endpoint) => {
  const thrown: unknown[] = [];
  for (const options of [{ endpoint }, { endpoints: { prices: endpoint } }]) {
    try {
      hostsOf(options);
    } catch (error) {
      thrown.push(error);
    }
  }
  expect(thrown.map((error) => isCloudError(error, "invalid"))).toEqual([true, true]);
  expect(String(thrown)).not.toContain("secret");
});

test("no other host is ever routed to", () => {
  const hosts = hostsOf({ endpoint: "http://127.0.0.1:8" });
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9.@:-]{1,40}$/), (authority) => {
      const url = `https://${authority}/subscriptions`;
      expect([refuses(() => hosts.route(url, true)), refuses(() => hosts.canonical(url))]).toEqual([true, true]);
    }),
  );
});
