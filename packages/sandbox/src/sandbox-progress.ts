/** How far the start of a sandbox is, where it takes long enough to be told. */
export interface SandboxProgress {
  /** `programs`: those of real control planes are built. `clusters`: members come up. */
  readonly phase: "programs" | "clusters";
  readonly done: number;
  readonly total: number;
  /** What happens or has happened, for people. */
  readonly message: string;
}
