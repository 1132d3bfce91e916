import { mkdir } from "node:fs/promises";
import path from "node:path";
import { issueCertificates } from "./certificates.ts";
import { compactEtcd } from "./compact-etcd.ts";
import type { Component } from "./component-arguments.ts";
import type { ControlPlane, ControlPlaneSpec } from "./control-plane.ts";
import { createRawClient, type RawClient } from "./http/raw-client.ts";
import { createPrograms, type Programs, type ProgramsDeps } from "./programs.ts";
import { until } from "./until.ts";
import { waitUsable } from "./wait-usable.ts";
import { writeConfiguration } from "./write-configuration.ts";

/** Where and how one of the control planes runs. */
export interface ControlPlaneSlot {
  /** Counts the control planes, from 0. */
  readonly index: number;
  /** Of all of them; the control plane makes its own inside. */
  readonly folder: string;
  readonly apiPort: number;
  readonly etcdPort: number;
  readonly etcdPeerPort: number;
  readonly podReadyAfterMs: number;
  readonly signal: AbortSignal | undefined;
}

const PRIVATE_FOLDER = 0o700;
/** Servers on two busy cores. */
const READY_TIMEOUT_MS = 120_000;

/** Boots one control plane and waits until it can run pods. */
export async function startControlPlane(
  deps: ProgramsDeps,
  spec: ControlPlaneSpec,
  slot: ControlPlaneSlot,
): Promise<ControlPlane> {
  const { name, nodes, tokenWebhook, serviceCidr = `10.${slot.index + 1}.0.0/16` } = spec;
  const { index, signal } = slot;
  const folder = path.join(slot.folder, name);
  await mkdir(folder, { mode: PRIVATE_FOLDER });
  const url = `https://127.0.0.1:${slot.apiPort}`;
  const { authority, admin: adminCertificate } = await issueCertificates(folder, name);
  const { caPem } = authority;
  await writeConfiguration(folder, { ...spec, server: url, caPem, podReadyAfterMs: slot.podReadyAfterMs });
  const admin = createRawClient({ url, caPem, ...adminCertificate });
  const programs = createPrograms(deps, folder, { ...slot, serviceCidr, hasTokenWebhook: tokenWebhook !== undefined });
  programs.start("etcd");
  programs.start("kube-apiserver");
  await waitReady(programs, { name, admin, signal });
  for (const component of ["kube-controller-manager", "kube-scheduler", "kwok"] as const) programs.start(component);
  await programs.explain(waitUsable(admin, { name, index, nodes, signal }));
  const restart = async (component: Component): Promise<void> => {
    await programs.restart(component);
    if (component === "kube-apiserver") await waitReady(programs, { name, admin, signal: undefined });
  };
  const etcdUrl = `http://127.0.0.1:${slot.etcdPort}`;
  return {
    name,
    url,
    caPem,
    kubernetesVersion: await versionOf(admin),
    etcdUrl,
    adminCertificate,
    folder,
    admin,
    issueClientCertificate: (user) => authority.clientCertificate(user),
    kill: (component) => programs.get(component).kill(),
    restart,
    pause: (component) => programs.get(component).signal("SIGSTOP"),
    resume: (component) => programs.get(component).signal("SIGCONT"),
    async compact() {
      await compactEtcd(etcdUrl);
      await restart("kube-apiserver");
    },
    async stop() {
      admin[Symbol.dispose]();
      for (const component of programs.started().toReversed()) await programs.get(component).stop();
    },
  };
}

interface Awaited {
  readonly name: string;
  readonly admin: RawClient;
  readonly signal: AbortSignal | undefined;
}

/** Fails at once when the API server or etcd has ended, instead of waiting for an answer that cannot come. */
async function waitReady(programs: Programs, { name, admin, signal }: Awaited): Promise<void> {
  const probe = async (): Promise<boolean | Error> => {
    const ended = (["etcd", "kube-apiserver"] as const).find((component) => !programs.get(component).isRunning());
    if (ended !== undefined) return new Error(`${ended} of ${name} ended while starting`);
    return (await admin.send({ method: "GET", path: "/readyz", timeoutMs: 5_000 })).status === 200;
  };
  const waiting = until(`${name}'s API server to be ready`, probe, {
    timeoutMs: READY_TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  await programs.explain(
    waiting.then((outcome) => {
      if (outcome instanceof Error) throw outcome;
    }),
  );
}

async function versionOf(admin: RawClient): Promise<string> {
  const { json } = await admin.send({ method: "GET", path: "/version" });
  const { gitVersion } = json as { readonly gitVersion?: string };
  if (gitVersion === undefined) throw new Error("an API server did not tell its version");
  return gitVersion;
}
