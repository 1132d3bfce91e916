/** Amounts of compute, as integers in one unit each. `extended` holds e.g. `nvidia.com/gpu` in whole units. */
export interface ResourceAmounts {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  readonly pods: number;
  readonly extended?: Readonly<Record<string, number>>;
}
