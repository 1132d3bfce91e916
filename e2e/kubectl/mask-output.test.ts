import { expect, test } from "vitest";
import { maskOutput } from "./mask-output.ts";

test("ages, addresses, hashes and widths are masked", () => {
  const table = "NAME                   READY   AGE    IP\nweb-84cd44fcbb-2n9mc   1/1     2m13s  10.102.0.2\n";
  expect(maskOutput(table)).toBe("NAME READY AGE IP\nweb-POD 1/1 AGE IP");
});

test("words, numbers and names that a server does not choose stay as they are", () => {
  const text = 'Error from server (NotFound): deployments.apps "web-shop" not found; 3/5 replicas, port 8080';
  expect(maskOutput(text)).toBe(text);
});
