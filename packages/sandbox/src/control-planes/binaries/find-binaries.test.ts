import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { cacheFolder } from "./cache-folder.ts";
import { findBinaries } from "./find-binaries.ts";
import { prepareBinaries } from "./prepare-binaries.ts";
import { TOOLS, type ToolName } from "./tools.ts";

const ALL: readonly ToolName[] = TOOLS.map(({ name }) => name);

async function place(file: string, mode = 0o755): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, "");
  await chmod(file, mode);
}

async function scratch(): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), "flotilla-find-"));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

test("KUBEBUILDER_ASSETS goes before the build cache, and what is in neither is missing", async () => {
  await using root = await scratch();
  const assets = path.join(root.folder, "assets");
  const env = { KUBEBUILDER_ASSETS: assets, FLOTILLA_E2E_CACHE: path.join(root.folder, "cache") };
  const cache = await cacheFolder(env);
  await place(path.join(assets, "etcd"));
  await place(path.join(assets, "kube-apiserver"), 0o644);
  for (const name of ["etcd", "kube-apiserver", "kwok"]) await place(path.join(cache, name));
  const { paths, missing, folders } = await findBinaries(ALL, env);
  expect(Object.fromEntries(paths)).toEqual({
    etcd: path.join(assets, "etcd"),
    "kube-apiserver": path.join(cache, "kube-apiserver"),
    kwok: path.join(cache, "kwok"),
  });
  expect(missing).toEqual(["kube-controller-manager", "kube-scheduler", "kubectl"]);
  expect(folders).toEqual([assets, cache]);
  expect((await findBinaries(["kwok"], env)).missing).toEqual([]);
});

test("a machine without Go has a reason that says what is missing, and one that has everything needs no Go", async () => {
  await using home = await scratch();
  const env = { FLOTILLA_E2E_CACHE: home.folder, PATH: home.folder };
  const steps: unknown[] = [];
  const options = { env, onStep: (step: unknown) => void steps.push(step) };
  const folder = await cacheFolder(env);
  expect(await prepareBinaries(["etcd", "kwok"], options)).toEqual({
    reason: expect.stringMatching(
      /^etcd, kwok not found in .*\(KUBEBUILDER_ASSETS is not set\).*install Go 1\.26/,
    ) as unknown,
  });
  for (const name of ALL) await place(path.join(folder, name));
  expect(await prepareBinaries(ALL, options)).toMatchObject({ missing: [] });
  expect(steps).toEqual([]);
});
