const DECIMAL_SUFFIXES: readonly string[] = ["", "k", "M", "G", "T", "P", "E"];
const BINARY_SUFFIXES: readonly string[] = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/** Canonical Kubernetes notation of an integer of milli-CPU: `250m`, `2`, `1k`. Parsing it gives the same integer. */
export function formatCpuMilli(cpuMilli: number): string {
  return cpuMilli % 1000 === 0 ? withSuffix(cpuMilli / 1000, 1000, DECIMAL_SUFFIXES) : `${cpuMilli}m`;
}

/** Canonical Kubernetes notation of an integer of bytes: `1Gi`, `1500`. Parsing it gives the same integer. */
export function formatMemoryBytes(memoryBytes: number): string {
  return withSuffix(memoryBytes, 1024, BINARY_SUFFIXES);
}

/** The largest suffix that loses nothing, as the API server prints it. */
function withSuffix(value: number, base: number, suffixes: readonly string[]): string {
  let rest = value;
  let index = 0;
  while (rest !== 0 && rest % base === 0 && index < suffixes.length - 1) {
    rest /= base;
    index += 1;
  }
  return `${rest === 0 ? 0 : rest}${suffixes[index] ?? ""}`;
}

/** For people, rounded to a hundredth: `1.5 CPU`. */
export function describeCpu(cpuMilli: number): string {
  return `${rounded(cpuMilli / 1000)} CPU`;
}

const MEMORY_UNITS: readonly string[] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** For people, rounded to a hundredth of the largest unit that fits: `3 GiB`, `512 MiB`. */
export function describeMemory(memoryBytes: number): string {
  let value = memoryBytes;
  let index = 0;
  // Rounded before comparing, so that 1023.999 MiB reads "1 GiB" and not "1024 MiB".
  while (Math.abs(rounded(value)) >= 1024 && index < MEMORY_UNITS.length - 1) {
    value /= 1024;
    index += 1;
  }
  return `${rounded(value)} ${MEMORY_UNITS[index] ?? "B"}`;
}

function rounded(value: number): number {
  const result = Math.round(Math.abs(value) * 100) / 100;
  return value < 0 && result !== 0 ? -result : result;
}
