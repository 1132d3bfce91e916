/**
 * The highest resourceVersion seen of each kind. A write whose answer carries no higher one than had been seen before it was
 * sent did not write: that is how a no-op apply is told from a change without a second request. resourceVersions of one kind
 * are decimal numbers that only grow (KEP-5504); any other form is never taken for a proof.
 */
export class RevisionMarks {
  readonly #highest = new Map<string, string>();

  get(key: string): string | undefined {
    return this.#highest.get(key);
  }

  see(key: string, resourceVersion: string | undefined): void {
    if (resourceVersion === undefined || !isRevision(resourceVersion)) return;
    const highest = this.#highest.get(key);
    if (highest === undefined || isNewer(resourceVersion, highest)) this.#highest.set(key, resourceVersion);
  }
}

/** Compares decimal numbers of any length without converting them. */
export function isNewer(revision: string, than: string): boolean {
  return revision.length === than.length ? revision > than : revision.length > than.length;
}

export function isRevision(text: string): boolean {
  return /^[1-9]\d*$/.test(text);
}
