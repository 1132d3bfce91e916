/**
 * One promise of a port, checked. Kits are plain data and assert with `node:assert`, so that any runner can take them:
 *
 * ```ts
 * for (const each of kit)
 *   test.skipIf(each.skip !== undefined)(conformanceTitle(each), ({ signal }) => each.run({ signal }));
 * ```
 */
export interface ConformanceCase {
  /** Stable: skips and reports refer to it. */
  readonly name: string;
  /** Why it cannot run here. A report shows it. */
  readonly skip?: string;
  readonly run: (ctx: { readonly signal: AbortSignal }) => Promise<void>;
}

/** The case's name, with the reason where it is skipped: reports show titles, and nothing else says why. */
export function conformanceTitle(one: { readonly name: string; readonly skip?: string | undefined }): string {
  const { name, skip } = one;
  return skip === undefined ? name : `${name} (skipped: ${skip})`;
}

/** Cases that an implementation cannot pass, with the reason. There is no skipping without one. */
export interface ConformanceSkip {
  readonly reason: string;
  readonly cases: readonly string[];
}

/** Marks the skipped cases. @throws Error if a skip names no case or two cases share a name, so that neither rots unseen. */
export function withSkips(
  cases: readonly ConformanceCase[],
  skips: readonly ConformanceSkip[],
): readonly ConformanceCase[] {
  const names = new Set(cases.map(({ name }) => name));
  if (names.size !== cases.length) throw new Error("two conformance cases have the same name");
  const reasons = new Map(
    skips.flatMap(({ reason, cases: skipped }) => skipped.map((name) => [name, reason] as const)),
  );
  for (const name of reasons.keys()) if (!names.has(name)) throw new Error(`no conformance case is called "${name}"`);
  return cases.map((each) => {
    const skip = reasons.get(each.name);
    return skip === undefined ? each : { ...each, skip };
  });
}
