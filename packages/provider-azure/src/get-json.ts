import type { SdkConfig } from "./azure-session.ts";
import { ARM_SCOPE } from "./audiences.ts";

/**
 * One GET on the pipeline that the SDKs are made of, for what no SDK of this generation asks: behind the same proxy settings
 * and the same transport, with a token for Resource Manager or none at all.
 */
export async function getJson(sdk: SdkConfig, url: string, options: { readonly withToken: boolean }): Promise<unknown> {
  const { bearerTokenAuthenticationPolicy, createEmptyPipeline, createPipelineRequest, proxyPolicy } =
    await import("@azure/core-rest-pipeline");
  const { credential, clientOptions } = sdk;
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(proxyPolicy());
  if (options.withToken) pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: ARM_SCOPE }));
  const { bodyAsText } = await pipeline.sendRequest(clientOptions.httpClient, createPipelineRequest({ url }));
  return JSON.parse(bodyAsText ?? "null") as unknown;
}
