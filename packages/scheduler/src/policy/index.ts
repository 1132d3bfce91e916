export { isPolicyDocument, parsePolicies, type ParsePoliciesOptions, type Policies } from "./parse-policies.ts";
export { POLICY_KINDS, policyJsonSchema, type PolicyKind } from "./json-schemas.ts";
