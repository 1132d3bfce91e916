import { compareIds } from "./compare-ids.ts";

/**
 * Orders Kubernetes versions as vendors write them: `1.34`, `v1.34.1`, `v1.34.1-gke.100`, `v1.34.1+k3s1`. Numbers compare
 * part by part and a missing part is zero; `alpha`, `beta` and `rc` come before the release (https://semver.org/#spec-item-11);
 * any other suffix is a vendor's build of it and comes after. Text that is not a version comes before every version.
 */
export function compareVersions(a: string, b: string): number {
  const left = parseVersion(a);
  const right = parseVersion(b);
  if (left === undefined || right === undefined) {
    if (left === right) return compareIds(a, b);
    return left === undefined ? -1 : 1;
  }
  return compareParts(left.numbers, right.numbers, "0") || left.rank - right.rank || compareSuffix(left, right);
}

interface Version {
  readonly numbers: readonly string[];
  /** -1 a pre-release, 0 the release, 1 a vendor's build. */
  readonly rank: -1 | 0 | 1;
  readonly suffix: readonly string[];
}

const VERSION = /^v?(\d+(?:\.\d+)*)(?:[-+](.*))?$/s;

function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text);
  if (match === null) return undefined;
  const suffix = match[2] ?? "";
  return {
    numbers: (match[1] ?? "").split("."),
    rank: suffix === "" ? 0 : /^(?:alpha|beta|rc)\b/.test(suffix) ? -1 : 1,
    suffix: suffix.match(/\d+|[^\d.+-]+/g) ?? [],
  };
}

/** A suffix that ends first comes first: `rc` before `rc.1`. */
function compareSuffix(a: Version, b: Version): number {
  return compareParts(a.suffix, b.suffix, "");
}

function compareParts(a: readonly string[], b: readonly string[], missing: string): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const order = comparePart(a[index] ?? missing, b[index] ?? missing);
    if (order !== 0) return order;
  }
  return 0;
}

/** Numbers by value, however long; a number comes before a word; nothing comes before everything. */
function comparePart(a: string, b: string): number {
  const numbers = /^\d+$/;
  if (numbers.test(a) && numbers.test(b)) {
    const left = a.replace(/^0+(?=\d)/, "");
    const right = b.replace(/^0+(?=\d)/, "");
    return Math.sign(left.length - right.length) || compareIds(left, right);
  }
  return compareIds(a, b);
}
