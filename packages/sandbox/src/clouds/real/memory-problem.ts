/** Measured: 280 MiB for all five programs of a control plane with a few nodes and nothing on it. */
const CONTROL_PLANE_BYTES = 300 * 1024 ** 2;

/** Why so many real control planes would take the machine down; `undefined`: they would not. */
export function memoryProblem(clusters: number, availableBytes: number): string | undefined {
  const neededBytes = clusters * CONTROL_PLANE_BYTES;
  if (neededBytes <= availableBytes) return undefined;
  const most = Math.floor(availableBytes / CONTROL_PLANE_BYTES);
  return (
    `${clusters} real control planes take about ${gib(neededBytes)} of memory and ${gib(availableBytes)} are free: ` +
    `there is room for ${most}`
  );
}

function gib(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}
