/** Where something stands in a file a person wrote. Lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A path into a document: object keys and array indices, from the root. */
export type DocumentPath = readonly (string | number)[];

/** One document of a stream: plain JSON data that knows where each part was written. */
export interface Document {
  readonly value: unknown;
  /** Position of the value at `path`, or of the nearest ancestor that exists; `target: "key"` points at the key instead. */
  locate(path: DocumentPath, target?: "key" | "value"): Position;
}

/** Something wrong with what a person wrote. `message` says what was expected; `suggestion` is the nearest known name. */
export interface Problem {
  readonly position: Position;
  readonly path: DocumentPath;
  readonly message: string;
  readonly suggestion?: string;
}
