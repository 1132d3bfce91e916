/** Bounds on what is read, so that a hostile or mistaken file is refused quickly and in bounded memory. */
export interface DocumentLimits {
  /** Of one file, in bytes. */
  readonly bytesMax: number;
  /** Of one scalar, in UTF-16 units of its source. */
  readonly scalarCharsMax: number;
  /** Nesting of mappings and sequences. */
  readonly depthMax: number;
  /** Nodes that aliases and merge keys may add to a file, counted as if written out. */
  readonly aliasNodesMax: number;
  /** Documents of one stream. */
  readonly documentsMax: number;
  /** Lexical tokens of one file: bounds time (about a million a second) and memory. */
  readonly tokensMax: number;
}

export const DEFAULT_DOCUMENT_LIMITS: DocumentLimits = {
  bytesMax: 16 * 1024 * 1024,
  // A Kubernetes object cannot be larger: etcd refuses requests over 1.5 MiB. CRDs with their schemas come near to it.
  scalarCharsMax: 2 * 1024 * 1024,
  // The deepest of the real CRDs stay under 60; the YAML composer is recursive and overflows before 5,000.
  depthMax: 100,
  aliasNodesMax: 100_000,
  documentsMax: 10_000,
  tokensMax: 3_000_000,
};

/** Problems told at once for one file; the rest would be noise. */
export const PROBLEMS_MAX: number = 50;
