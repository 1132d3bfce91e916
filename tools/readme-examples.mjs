// Extracts every ```ts block of the READMEs and guides and type-checks it against the packages' sources, so that what
// people copy compiles. A block marked ```ts ignore is prose and is counted aloud.
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const OUT = ".cache/examples";
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });

let written = 0;
for (const file of globSync(["README.md", "packages/*/README.md", "docs/**/*.md"]).sort()) {
  const blocks = [...readFileSync(file, "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gm)];
  for (const [index, [, code = ""]] of blocks.entries()) {
    const name = `${file.replace(/\.md$/, "").replaceAll("/", "-")}-${index + 1}.ts`;
    writeFileSync(`${OUT}/${name}`, `${code}\nexport {};\n`);
    written += 1;
  }
}
for (const readme of globSync("packages/*/README.md")) {
  if (!/^```ts$/m.test(readFileSync(readme, "utf8"))) fail(`${readme} has no example`);
}

writeFileSync(
  `${OUT}/tsconfig.json`,
  JSON.stringify({
    extends: "../../tsconfig.json",
    compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
    include: ["*.ts"],
  }),
);
const { status, stdout, stderr } = spawnSync("tsc", ["-p", OUT], { encoding: "utf8" });
if (status !== 0) fail(`${stdout}${stderr}`);
else console.log(`${written} examples compile`);

/** @param {string} message */
function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
