/**
 * The order of everything that is sorted or tied by id: by code, never by locale, so that every machine agrees. Ids and
 * Kubernetes names are ASCII, where code units and code points are the same order. For `Array.prototype.sort`.
 */
export function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
