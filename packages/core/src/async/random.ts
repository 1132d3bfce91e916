/** Randomness as an argument. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
}
