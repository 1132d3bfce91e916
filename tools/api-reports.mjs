// One API report per package in api/, written by api-extractor from the built declarations. In CI mode a changed report
// fails, so that nobody changes the public face without a reviewer seeing it; `--update` writes the new ones.
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const update = process.argv.includes("--update");
mkdirSync("api", { recursive: true });

for (const name of readdirSync("packages")) {
  const dir = resolve("packages", name);
  const manifest = JSON.parse(readFileSync(`${dir}/package.json`, "utf8"));
  for (const [entry, target] of Object.entries(manifest.exports)) {
    if (target.types === undefined) continue;
    const report = entry === "." ? name : `${name}-${entry.slice(2).replaceAll("/", "-")}`;
    const config = ExtractorConfig.prepare({
      configObject: {
        projectFolder: dir,
        mainEntryPointFilePath: resolve(dir, target.types),
        compiler: {
          overrideTsconfig: {
            compilerOptions: {
              target: "es2022",
              module: "nodenext",
              moduleResolution: "nodenext",
              lib: ["esnext", "dom"],
              types: ["node"],
              skipLibCheck: true,
              strict: true,
            },
            files: [resolve(dir, target.types)],
          },
        },
        apiReport: {
          enabled: true,
          reportFileName: `${report}.api.md`,
          reportFolder: resolve("api"),
          reportTempFolder: resolve(".cache/api"),
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        messages: {
          compilerMessageReporting: { default: { logLevel: "none" } },
          extractorMessageReporting: { default: { logLevel: "none" } },
          tsdocMessageReporting: { default: { logLevel: "none" } },
        },
        newlineKind: "lf",
      },
      configObjectFullPath: undefined,
      packageJsonFullPath: `${dir}/package.json`,
    });
    const before = existsSync(`api/${report}.api.md`) ? readFileSync(`api/${report}.api.md`, "utf8") : "";
    const result = Extractor.invoke(config, {
      localBuild: update,
      showVerboseMessages: false,
      messageCallback: silence,
    });
    const after = readFileSync(`.cache/api/${report}.api.md`, "utf8");
    if (!update && before !== after) {
      console.error(`api/${report}.api.md is out of date: run \`npm run api\` and look at the difference`);
      process.exitCode = 1;
    } else if (!result.succeeded && !result.apiReportChanged) process.exitCode = 1;
  }
}

/** The report is the product; the console is not. @param {{ logLevel: string, text: string }} message */
function silence(message) {
  if (message.logLevel === "error") console.error(message.text);
  message.logLevel = "none";
}
