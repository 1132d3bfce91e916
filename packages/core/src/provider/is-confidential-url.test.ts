import { expect, test } from "vitest";
import { isConfidentialUrl } from "./is-confidential-url.ts";

test.each([
  "https://eks.eu-west-1.amazonaws.com",
  "https://10.0.0.7:8443/base",
  "http://127.0.0.1:8080",
  "http://127.9.9.9",
  "http://localhost:80/x",
  "http://[::1]:8080",
])("%s keeps secrets", (text) => {
  expect(isConfidentialUrl(text)).toBe(true);
});

test.each([
  "http://10.0.0.7",
  "http://localhost.example.com",
  "http://127.0.0.1.example.com",
  "http://x127.0.0.1",
  "http://128.0.0.1",
  "https://user:word@example.com",
  "https://user@example.com",
  "ftp://127.0.0.1",
  "127.0.0.1:8080",
  "",
])("%s does not", (text) => {
  expect(isConfidentialUrl(text)).toBe(false);
});
