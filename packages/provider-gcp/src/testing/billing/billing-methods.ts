import { EmulatorRefusal } from "@flotilla/testing";
import { errorReply, invalidArgument, notFound } from "../gcp-failure.ts";
import type { GcpCall, GcpMethod } from "../gcp-world.ts";
import { page, type Paging } from "../page.ts";
import { machineSkus, skuOf, type WireSku } from "./machine-skus.ts";

const PAGING: Paging = { sizeName: "pageSize", sizeDefault: 5000, sizeMax: 5000 };
const COMPUTE = "6F81-5844-456A";
const KUBERNETES = "CCD8-9BF1-090E";
const SERVICES: Readonly<Record<string, string>> = { [COMPUTE]: "Compute Engine", [KUBERNETES]: "Kubernetes Engine" };
const FEE_MICRO_USD = 100_000;

/** The public catalogue: any caller may read it. */
export const LIST_SKUS: GcpMethod = {
  action: "cloudbilling.services.skus.list",
  service: "cloudbilling",
  query: ["pageSize", "pageToken", "currencyCode", "startTime", "endTime"],
  isOpen: true,
  answer(call) {
    const { service = "" } = call.params;
    const currency = call.request.query.get("currencyCode") ?? "USD";
    if (currency !== "USD") throw refusal(invalidArgument(`The currency ${currency} has no rates here.`));
    if (SERVICES[service] === undefined) throw refusal(notFound(`Service services/${service} not found.`));
    const { items, next } = page(call, service === COMPUTE ? computeSkus(call) : feeSkus(call), PAGING);
    return { skus: items, nextPageToken: "", ...next };
  },
};

export const LIST_SERVICES: GcpMethod = {
  action: "cloudbilling.services.list",
  service: "cloudbilling",
  query: ["pageSize", "pageToken"],
  isOpen: true,
  answer(call) {
    const services = Object.entries(SERVICES).map(([serviceId, displayName]) => ({
      name: `services/${serviceId}`,
      serviceId,
      displayName,
      businessEntityName: "businessEntities/GCP",
    }));
    const { items, next } = page(call, services, PAGING);
    return { services: items, nextPageToken: "", ...next };
  },
};

function computeSkus({ world }: GcpCall): readonly WireSku[] {
  return machineSkus(world.fleet.cloud.prices ?? []);
}

/** One fee in every region, as Google has it: the first described one, or the list price. */
function feeSkus({ world }: GcpCall): readonly WireSku[] {
  const nanos = (world.fleet.cloud.controlPlanes?.[0]?.perHour ?? FEE_MICRO_USD) * 1000;
  const fees = [
    ["6B92-A835-08AB", "Zonal Kubernetes Clusters"],
    ["B561-BFBD-1264", "Regional Kubernetes Clusters"],
  ] as const;
  const category = {
    serviceDisplayName: "Kubernetes Engine",
    resourceFamily: "Compute",
    resourceGroup: "Kubernetes",
    usageType: "OnDemand",
  };
  return fees.map(([id, description]) =>
    skuOf({ id, description, category, regions: ["global"], usageUnit: "h", nanos, serviceId: KUBERNETES }),
  );
}

function refusal(problem: Parameters<typeof errorReply>[0]): EmulatorRefusal {
  return new EmulatorRefusal(errorReply(problem));
}
