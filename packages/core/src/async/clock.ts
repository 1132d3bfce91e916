/** Time as an argument. Epoch milliseconds; `sleep` rejects with the signal's reason when aborted. */
export interface Clock {
  nowMs(): number;
  sleep(durationMs: number, options: { readonly signal: AbortSignal }): Promise<void>;
}
