/** A folder that a sandbox cannot have: it is none, nobody may write there, or another sandbox runs in it. */
export class SandboxFolderError extends Error {
  override readonly name = "SandboxFolderError";
}
