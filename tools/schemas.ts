// Writes docs/schemas, or with --check says which files are stale. Run: node --conditions=source tools/schemas.ts [--check]
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { jsonSchemas } from "../packages/cli/src/json-schemas.ts";

const folder = path.join(import.meta.dirname, "..", "docs", "schemas");
const isCheck = process.argv.includes("--check");

const wanted = new Map(
  [...(await jsonSchemas())].map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`]),
);
await mkdir(folder, { recursive: true });
const present = (await readdir(folder)).filter((name) => name.endsWith(".json"));
const stale: string[] = [];

for (const [name, text] of wanted) {
  const file = path.join(folder, name);
  const before = await readFile(file, "utf8").catch(() => undefined);
  if (before === text) continue;
  stale.push(name);
  if (!isCheck) await writeFile(file, text);
}
for (const name of present.filter((each) => !wanted.has(each))) {
  stale.push(name);
  if (!isCheck) await rm(path.join(folder, name));
}

if (isCheck && stale.length > 0) {
  console.error(`docs/schemas is stale (${stale.join(", ")}): run node --conditions=source tools/schemas.ts`);
  process.exitCode = 1;
} else {
  console.log(`docs/schemas: ${wanted.size} schemas, ${stale.length} written`);
}
