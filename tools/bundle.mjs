// Runs as `prepack` in a package's folder: puts each entry of its `exports` into one file. Loading a hundred small modules
// costs Node some 40 ms; people who embed the library pay that at every start. Declarations stay one per module.
import { readFileSync } from "node:fs";
import { rolldown } from "rolldown";

const { exports, dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync("package.json", "utf8"));
const outside = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];

const input = Object.fromEntries(
  Object.values(exports).map(({ default: file }) => [file.replace(/^\.\/dist\//, "").replace(/\.js$/, ""), file]),
);
const bundle = await rolldown({
  input,
  platform: "node",
  external: (id) => id.startsWith("node:") || outside.some((name) => id === name || id.startsWith(`${name}/`)),
});
await bundle.write({
  dir: "dist",
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "chunk-[hash].js",
  sourcemap: true,
});
await bundle.close();
