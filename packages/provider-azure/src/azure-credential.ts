/** Anything that gets tokens: every `TokenCredential` of `@azure/identity` fits. */
export interface AzureCredential {
  getToken(
    scopes: string | string[],
    options?: { readonly abortSignal?: AbortSignal; readonly claims?: string },
  ): Promise<AzureToken | null>;
}

/** A secret, and when it ends in epoch milliseconds. */
export interface AzureToken {
  readonly token: string;
  readonly expiresOnTimestamp: number;
}
