import type { EmulatorRequest } from "@flotilla/testing";
import type { AwsService } from "./aws-call.ts";
import { ec2Service } from "./ec2/ec2-service.ts";
import { eksService } from "./eks/eks-service.ts";
import { organizationsService } from "./organizations/organizations-service.ts";
import { pricingService } from "./pricing/pricing-service.ts";
import { serviceQuotasService } from "./service-quotas/service-quotas-service.ts";
import { readSignatureClaim } from "./sigv4.ts";
import { stsService } from "./sts/sts-service.ts";

/** By the name that signatures are scoped to. */
export const AWS_SERVICES: Readonly<Record<string, AwsService>> = {
  eks: eksService,
  ec2: ec2Service,
  sts: stsService,
  pricing: pricingService,
  servicequotas: serviceQuotasService,
  organizations: organizationsService,
};

/** By the first label of the host, where it is not the name itself. */
const BY_HOST: Readonly<Record<string, string>> = { api: "pricing" };

/** Who is asked: by the host where that is one of AWS's own, else by what the signature is scoped to. */
export function serviceNameOf(request: EmulatorRequest): string {
  if (/\.amazonaws\.com(\.cn)?(:\d+)?$|\.api\.aws(:\d+)?$/.test(request.host)) {
    const [label = ""] = request.host.split(".");
    return BY_HOST[label] ?? label;
  }
  return readSignatureClaim(request)?.service ?? "";
}
