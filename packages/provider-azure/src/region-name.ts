/** `West Europe` and `westeurope` are one region: ARM answers with either. */
export function normalRegion(location: string): string {
  return location.toLowerCase().replace(/\s+/g, "");
}
