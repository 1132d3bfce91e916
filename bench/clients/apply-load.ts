/** What both apply clients do: so many calls, so many at a time, the first ones to warm up. */
export interface ApplyResult {
  readonly perSecond: number;
  readonly cpuMicrosPerCall: number;
}

const CALLS = Number(process.env["APPLY_CALLS"] ?? 12_000);
const WARM_UP = CALLS / 6;
const AT_ONCE = 16;

export async function measureApply(apply: () => Promise<unknown>): Promise<ApplyResult> {
  await run(apply, WARM_UP);
  const cpu = process.cpuUsage();
  const startedAtMs = performance.now();
  await run(apply, CALLS);
  const tookMs = performance.now() - startedAtMs;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: Math.round((CALLS * 1000) / tookMs), cpuMicrosPerCall: Math.round((user + system) / CALLS) };
}

async function run(apply: () => Promise<unknown>, calls: number): Promise<void> {
  let left = calls;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await apply();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
