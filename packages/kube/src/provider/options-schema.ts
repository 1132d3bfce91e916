import * as z from "zod";

/** `options` of `use: "@flotilla/kube"`. */
export interface KubeconfigOptions {
  readonly kubeconfig?: string | readonly string[];
  readonly contexts?: readonly string[];
  readonly execAllow?: readonly string[];
  readonly timeoutSeconds?: number;
}

/** Loaded only when options are read. */
export function optionsSchema(): z.ZodType<KubeconfigOptions> {
  return z.strictObject({
    kubeconfig: z
      .exactOptional(z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]))
      .describe("Kubeconfig file or files, merged as kubectl does. Default: KUBECONFIG, or ~/.kube/config."),
    contexts: z
      .exactOptional(z.array(z.string().min(1)))
      .describe("Only these contexts. Absent or empty: every context."),
    execAllow: z
      .exactOptional(z.array(z.string().min(1)))
      .describe("Credential plugins that may be run: absolute paths, or bare names looked up in the PATH."),
    timeoutSeconds: z
      .exactOptional(z.number().positive().max(600))
      .describe("Longest that reading one context may take. Default 20."),
  });
}

export function optionsJsonSchema(): unknown {
  return z.toJSONSchema(optionsSchema());
}
