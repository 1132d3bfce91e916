import { isCloudError } from "@flotilla/core";
import { expect, test } from "vitest";
import { checkServer } from "./check-server.ts";

const FQDN = "c-1.hcp.westeurope.azmk8s.io";
const PRIVATE = "c-1.privatelink.westeurope.azmk8s.io";

function check(server: string, armHostname?: string, fqdn = FQDN): string {
  try {
    return checkServer(server, { clusterId: "azure/s/g/c", cluster: { fqdn, privateFqdn: PRIVATE }, armHostname });
  } catch (error) {
    return isCloudError(error, "invalid") ? "refused" : String(error);
  }
}

test.each([`https://${FQDN}:443`, `https://${FQDN.toUpperCase()}`, `https://${PRIVATE}:443`])(
  "%s is the cluster's own server",
  (server) => {
    expect(check(server)).toBe(server);
  },
);

test.each([
  `http://${FQDN}`,
  `https://user@${FQDN}`,
  `https://:password@${FQDN}`,
  `https://${FQDN}/?to=evil.example`,
  `https://${FQDN}/#evil.example`,
  "https://other.hcp.westeurope.azmk8s.io",
  "here",
])("%s gets no token", (server) => {
  expect(check(server)).toBe("refused");
});

test("outside of AKS's domains only where Resource Manager was put too", () => {
  expect(check("https://c.example:6443", undefined, "c.example")).toBe("refused");
  expect(check("https://c.example:6443", "d.example", "c.example")).toBe("refused");
  expect(check("https://c.example:6443", "c.example", "c.example")).toBe("https://c.example:6443");
  expect(check("https://127.0.0.1:6443", "localhost", "127.0.0.1:6443")).toBe("https://127.0.0.1:6443");
  expect(check("https://c.example", "localhost", "c.example")).toBe("refused");
  expect(check("https://c.azure.us", undefined, "c.azure.us")).toBe("refused");
});
