/** `zone/name` of an instance group's URL, whichever host and API version it was written with. */
export function groupKey(url: string): string {
  const [, zone = "", name = ""] = /\/zones\/([^/]+)\/instanceGroup(?:Manager)?s\/([^/]+)$/.exec(url) ?? [];
  return `${zone}/${name}`;
}
