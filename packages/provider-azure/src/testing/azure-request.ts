import type { EmulatorCallContext, EmulatorReply, EmulatorRequest } from "@flotilla/testing";
import type { AzureWorld } from "./azure-world.ts";

/** A request that found its route. */
export interface AzureRequest {
  readonly world: AzureWorld;
  readonly request: EmulatorRequest;
  readonly params: Readonly<Record<string, string>>;
  readonly context: EmulatorCallContext;
}

/** One operation of the service. */
export interface AzureHandler {
  /** As role definitions name it; empty where no right is needed. */
  readonly action: string;
  /** Reads work in every state of a subscription that still answers. */
  readonly answer: (request: AzureRequest) => EmulatorReply;
  /** The provider that must be registered in the subscription. */
  readonly namespace?:
    "Microsoft.ContainerService" | "Microsoft.Compute" | "Microsoft.Network" | "Microsoft.Authorization";
  /** Retail prices are public. */
  readonly isPublic?: true;
}

/** Where the emulator is for the one who asks: links in answers lead back there. */
export function baseUrl({ world, request }: Pick<AzureRequest, "world" | "request">): string {
  return `${world.scheme}://${request.host}`;
}

/** The version that was asked for; answers differ by it. */
export function apiVersionOf({ request }: Pick<AzureRequest, "request">): string {
  return request.query.get("api-version") ?? "";
}
