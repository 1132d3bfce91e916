/** What a machine type is billed as. */
export interface MachineSize {
  /** Names the pair of prices: `e2`, `n2`, `n2-custom`, …. */
  readonly family: string;
  /** vCPU as billed; a fraction for shared-core types. */
  readonly cores: number;
  readonly memoryGib: number;
}

/** GiB of memory per vCPU of the predefined types. Source: `gcloud compute machine-types list`, 2026-09. */
const GIB_PER_CORE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  n1: { standard: 3.75, highmem: 6.5, highcpu: 0.9 },
  e2: { standard: 4, highmem: 8, highcpu: 1 },
  n2: { standard: 4, highmem: 8, highcpu: 1 },
  n2d: { standard: 4, highmem: 8, highcpu: 1 },
  n4: { standard: 4, highmem: 8, highcpu: 2 },
  t2d: { standard: 4 },
  t2a: { standard: 4 },
  c2: { standard: 4 },
  c2d: { standard: 4, highmem: 8, highcpu: 2 },
  c3: { standard: 4, highmem: 8, highcpu: 2 },
  c3d: { standard: 4, highmem: 8, highcpu: 2 },
  c4: { standard: 3.75, highmem: 7.75, highcpu: 2 },
  c4a: { standard: 4, highmem: 8, highcpu: 2 },
  c4d: { standard: 3.875, highmem: 7.875, highcpu: 1.875 },
  h3: { standard: 4 },
};

/** Families whose small sizes are cut to whole GiB. */
const WHOLE_GIB: ReadonlySet<string> = new Set(["c4", "c4d"]);

/** GiB of the types that break the rule of their family. */
const IRREGULAR: Readonly<Record<string, number>> = {
  "n2-highmem-128": 864,
  "c3d-highcpu-30": 59,
  "c3d-highcpu-60": 118,
  "c3d-highcpu-90": 177,
  "c3d-highcpu-180": 354,
  "c3d-highcpu-360": 708,
};

/** Shared-core types are billed a part of a vCPU. Source: Compute Engine, E2 shared-core machine types. */
const SHARED: Readonly<Record<string, MachineSize>> = {
  "e2-micro": { family: "e2", cores: 0.25, memoryGib: 1 },
  "e2-small": { family: "e2", cores: 0.5, memoryGib: 2 },
  "e2-medium": { family: "e2", cores: 1, memoryGib: 4 },
};

const MIB_PER_GIB = 1024;

/**
 * The size behind a type's name: `n2-standard-8`, `n2-custom-4-8192` (MiB), `custom-4-8192` (N1). `undefined` for families with
 * a price beyond vCPU and memory (GPUs, local disks), extended memory, and what nobody knows.
 */
export function machineSize(machineType: string): MachineSize | undefined {
  const shared = SHARED[machineType];
  if (shared !== undefined) return shared;
  const [, custom, customCores, mib] = /^(?:([a-z0-9]+)-)?custom-(\d{1,3})-(\d{3,7})$/.exec(machineType) ?? [];
  if (customCores !== undefined) {
    return { family: `${custom ?? "n1"}-custom`, cores: Number(customCores), memoryGib: Number(mib) / MIB_PER_GIB };
  }
  const [, family = "", kind = "", cores] = /^([a-z0-9]+)-([a-z]+)-(\d{1,3})$/.exec(machineType) ?? [];
  const gibPerCore = GIB_PER_CORE[family]?.[kind];
  if (gibPerCore === undefined || cores === undefined) return undefined;
  const byRule = Number(cores) * gibPerCore;
  const memoryGib = IRREGULAR[machineType] ?? (WHOLE_GIB.has(family) ? Math.floor(byRule) : byRule);
  return { family, cores: Number(cores), memoryGib };
}
