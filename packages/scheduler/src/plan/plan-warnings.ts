import type { FleetInventory } from "../inventory/fleet-inventory.ts";
import { formatRef, sameRef } from "../objects/object-ref.ts";
import type { PlacedUnit } from "./decide.ts";
import type { LiveFacts } from "./live-facts.ts";
import type { KeptObject, PlannedObject } from "./plan.ts";

export interface PlanWarningsInput {
  readonly units: readonly PlacedUnit[];
  readonly objects: readonly PlannedObject[];
  readonly kept: readonly KeptObject[];
  readonly inventory: FleetInventory;
  readonly live: LiveFacts;
  readonly lost: readonly string[];
}

/** What a person should know before a plan is applied. Pure. */
export function planWarnings({ units, objects, kept, inventory, live, lost }: PlanWarningsInput): readonly string[] {
  return [
    ...units.flatMap(({ ref, shortfall }) =>
      shortfall === undefined ? [] : [`${formatRef(ref)}: ${shortfall.message}`],
    ),
    ...units.flatMap(heldWarnings),
    ...units.flatMap((unit) => keptWarnings(unit, kept)),
    ...kept.filter(({ reason }) => reason === "volume").map(volumeWarning),
    ...objects.filter((object) => object.live === "foreign").map(foreignWarning),
    ...[...inventory.members].flatMap(([cluster, { damaged }]) =>
      damaged.map((name) => `${cluster}: the inventory ${name} cannot be read; what it lists is left alone`),
    ),
    ...[...live.unread].map(([cluster, reason]) => `${cluster}: its objects could not be looked at: ${reason}`),
    ...lost
      .filter((cluster) => !inventory.members.has(cluster))
      .map(
        (cluster) =>
          `${cluster} is given up but cannot be reached: what runs there is removed when it is back and apply runs again`,
      ),
  ];
}

/** Of an object that only `--adopt` takes over. */
export function foreignWarning({ cluster, ref }: Pick<PlannedObject, "cluster" | "ref">): string {
  return `${formatRef(ref)} is already on ${cluster} and was not made by this fleet: apply refuses it unless it is to be adopted (--adopt)`;
}

function heldWarnings({ ref, placements }: PlacedUnit): readonly string[] {
  return placements
    .filter(({ held }) => held === true)
    .map(({ cluster, replicas }) => {
      const rest =
        replicas === 0
          ? "what it has is stopped when it is back"
          : `its ${replicas === 1 ? "replica is" : `${replicas} replicas are`} held`;
      return `${formatRef(ref)}: ${cluster} cannot be reached; ${rest} (give them up with --lose ${cluster})`;
    });
}

/** What stays because its replacement cannot be reached. */
function keptWarnings({ ref, placements }: PlacedUnit, kept: readonly KeptObject[]): readonly string[] {
  const mine = kept.filter(({ owner, reason }) => reason === "held" && sameRef(owner, ref));
  if (mine.length === 0) return [];
  const places = [...new Set(mine.map(({ cluster }) => cluster))].join(", ");
  const away = placements.flatMap(({ cluster, held }) => (held === true ? [cluster] : []));
  return [
    `${formatRef(ref)} is kept on ${places} while its share on ${away.join(", ")} cannot be reached (give that up with ${away.map((cluster) => `--lose ${cluster}`).join(" ")})`,
  ];
}

function volumeWarning({ cluster, ref }: KeptObject): string {
  return `${formatRef(ref)} stays on ${cluster}; delete it there when it is not needed`;
}
