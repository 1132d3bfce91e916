import { defineConfig } from "vitest/config";

// Workspace packages are tested from source: the `source` export condition needs no build.
const conditions = ["source", "node", "import", "default"];
const shared = { resolve: { conditions }, ssr: { resolve: { conditions } } };

export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts", "tools/**/*.test.ts", "e2e/**/*.test.ts"],
          exclude: ["**/*.int.test.ts", "**/*.sim.test.ts", "**/node_modules/**"],
        },
      },
      { ...shared, test: { name: "int", include: ["packages/*/src/**/*.int.test.ts"], testTimeout: 30_000 } },
      { ...shared, test: { name: "sim", include: ["packages/*/src/**/*.sim.test.ts"], testTimeout: 60_000 } },
    ],
  },
});
