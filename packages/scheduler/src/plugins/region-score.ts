import type { Evaluation } from "../engine/evaluate.ts";
import { SCORE_MAX } from "../framework/score-max.ts";
import type { Score, ScoreColumn } from "../framework/score.ts";
import { distanceKm } from "./region-distance.ts";

/**
 * Prefers regions: by the policy's list, where the first is best and each next one loses the same step (raw: the place in the
 * list from 1, 0 for not in it), or by great-circle distance (raw: km). Without a preference it does not count.
 */
export const regionScore: Score = {
  name: "region",
  score(evaluation): ScoreColumn {
    const { prefer = [], near } = evaluation.context.spec.regions;
    if (prefer.length > 0) return scoreRegions(evaluation, (region) => byList(prefer, region));
    if (near !== undefined) return scoreRegions(evaluation, (region) => byDistance(near.region, region));
    const none = new Float64Array(evaluation.candidates.length);
    return { raw: none.map(() => Number.NaN), normalized: none, applies: false, notes: new Map() };
  },
};

interface RegionScore {
  readonly raw: number;
  readonly normalized: number;
  readonly note?: string;
}

// What a region nobody knows the place of is worth: neither near nor far.
const NEUTRAL = SCORE_MAX / 2;

// At this distance half of the score is left: about 10 ms of round trip in fibre.
const HALF_SCORE_KM = 1_000;

function byList(prefer: readonly string[], region: string | null): RegionScore {
  if (region === null) return { raw: Number.NaN, normalized: 0, note: "its region is unknown" };
  const place = prefer.indexOf(region);
  if (place === -1) return { raw: 0, normalized: 0 };
  return { raw: place + 1, normalized: (SCORE_MAX * (prefer.length - place)) / prefer.length };
}

function byDistance(from: string, region: string | null): RegionScore {
  if (region === null) return { raw: Number.NaN, normalized: NEUTRAL, note: "its region is unknown, taken as neutral" };
  const km = distanceKm(from, region);
  if (km === undefined) {
    return { raw: Number.NaN, normalized: NEUTRAL, note: `where ${region} is, is unknown, taken as neutral` };
  }
  return { raw: km, normalized: SCORE_MAX / (1 + km / HALF_SCORE_KM) };
}

/** Each region once, however many clusters it has. */
function scoreRegions(
  { context, candidates }: Evaluation,
  scoreOf: (region: string | null) => RegionScore,
): ScoreColumn {
  const { codes, names } = context.columns.region;
  const byCode = names.map(scoreOf);
  const unknown = scoreOf(null);
  const raw = new Float64Array(candidates.length);
  const normalized = new Float64Array(candidates.length);
  const notes = new Map<number, string>();
  for (let position = 0; position < candidates.length; position += 1) {
    const score = byCode[codes[candidates[position] ?? -1] ?? -1] ?? unknown;
    raw[position] = score.raw;
    normalized[position] = score.normalized;
    if (score.note !== undefined) notes.set(position, score.note);
  }
  return { raw, normalized, applies: true, notes };
}
