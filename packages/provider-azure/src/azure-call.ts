/** What a call is: the message of its failure begins with it. */
export interface AzureCall {
  /** E.g. `managedClusters.list`. */
  readonly action: string;
  /** The subscription; empty where the call is about none. */
  readonly subscription: string;
  readonly region?: string;
}
