/** Access keys as the SDKs take them. Secrets: never logged, never serialised. */
export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Keys that are renewed ahead of their end, one renewal at a time. */
export interface KeySource {
  /** @throws CloudError `unauthenticated`, or `denied` where a role may not be assumed. */
  keys(): Promise<AwsKeys>;
  /** They were refused: the next who asks gets new ones. */
  forget(): void;
}
