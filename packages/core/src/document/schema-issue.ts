/**
 * One complaint of a schema validator, in the shape of a zod 4 issue. Only what is read is named; core knows no validator.
 * `path` is relative to the document, in nested issues to the value they are about.
 */
export interface SchemaIssue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** `unrecognized_keys` */
  readonly keys?: readonly string[];
  /** `invalid_type` */
  readonly expected?: string;
  /** `invalid_value` */
  readonly values?: readonly unknown[];
  /** `invalid_union`: the complaints of each alternative; none where a discriminator matched no alternative. */
  readonly errors?: readonly (readonly SchemaIssue[])[];
  /** `invalid_union` with a discriminator: what it may be. */
  readonly options?: readonly unknown[];
  /** `invalid_key`, `invalid_element` */
  readonly issues?: readonly SchemaIssue[];
}
