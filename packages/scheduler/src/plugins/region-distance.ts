import { REGION_PLACES } from "./region-places.ts";

/** Mean radius of the Earth (IUGG). */
const EARTH_RADIUS_KM = 6_371;

/**
 * Great-circle distance between two regions of any of the clouds; 0 for a region and itself, even one we do not know.
 * `undefined` where a place is unknown.
 */
export function distanceKm(from: string, to: string): number | undefined {
  if (from === to) return 0;
  const a = REGION_PLACES.get(from);
  const b = REGION_PLACES.get(to);
  if (a === undefined || b === undefined) return undefined;
  const [latA, lonA] = [radians(a[0]), radians(a[1])];
  const [latB, lonB] = [radians(b[0]), radians(b[1])];
  // The haversine formula: exact enough for short distances too.
  const h = Math.sin((latB - latA) / 2) ** 2 + Math.cos(latA) * Math.cos(latB) * Math.sin((lonB - lonA) / 2) ** 2;
  return Math.round(2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h))));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
