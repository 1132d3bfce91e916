import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatImageReference, parseImageReference } from "./image-reference.ts";
import { overrideImage } from "./override-image.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;

test.each([
  ["nginx", { repository: "nginx" }],
  ["nginx:1.27", { repository: "nginx", tag: "1.27" }],
  ["library/nginx", { repository: "library/nginx" }],
  ["localhost/app", { registry: "localhost", repository: "app" }],
  ["localhost:5000/app:v1", { registry: "localhost:5000", repository: "app", tag: "v1" }],
  ["ghcr.io/team/app", { registry: "ghcr.io", repository: "team/app" }],
  ["[::1]:5000/app", { registry: "[::1]:5000", repository: "app" }],
  [`ghcr.io/team/app:v1@${DIGEST}`, { registry: "ghcr.io", repository: "team/app", tag: "v1", digest: DIGEST }],
])("%s is read into its parts and written back", (image, parts) => {
  expect(parseImageReference(image)).toEqual(parts);
  expect(formatImageReference(parts)).toBe(image);
});

test.each([
  "",
  "Nginx",
  "nginx:",
  "nginx:a b",
  "ghcr.io/",
  "nginx@sha256:12",
  "a//b",
  "nginx@",
  "-nginx",
  "a".repeat(256),
])("%j is no image", (image) => {
  expect(parseImageReference(image)).toBeUndefined();
});

test.each([
  [{ registry: "r.example" }, `r.example/app:v1@${DIGEST}`],
  [{ repository: "team/web" }, `ghcr.io/team/web:v1@${DIGEST}`],
  [{ tag: "v2" }, "ghcr.io/app:v2"],
  [{ digest: `sha256:${"b".repeat(64)}` }, `ghcr.io/app@sha256:${"b".repeat(64)}`],
  [{ tag: "v2", digest: DIGEST }, `ghcr.io/app:v2@${DIGEST}`],
  [{ registry: "" }, `app:v1@${DIGEST}`],
])("%j keeps what it does not name and never leaves a tag or digest of another image", (override, expected) => {
  expect(overrideImage(`ghcr.io/app:v1@${DIGEST}`, override)).toEqual({ image: expected });
});

test("an override that makes no image name is refused", () => {
  expect(overrideImage("app", { tag: "a/b" })).toEqual({ message: 'gives "app:a/b", which is not an image name' });
  expect(overrideImage("App", { tag: "v1" })).toHaveProperty("message");
});

test("every well-formed image survives reading and writing", () => {
  const part = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const image = fc.record(
    {
      registry: fc.constantFrom("ghcr.io", "localhost:5000", "10.0.0.1:80"),
      repository: fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/")),
      tag: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,10}$/),
      digest: fc.constant(DIGEST),
    },
    { requiredKeys: ["repository"] },
  );
  fc.assert(
    fc.property(image, (reference) => {
      expect(parseImageReference(formatImageReference(reference))).toEqual(reference);
    }),
  );
});
