import { type EmulatorRequest } from "@flotilla/testing";
import { type AwsCall, fail } from "./aws-call.ts";
import type { AwsProtocol } from "./aws-failure.ts";

/** The parameters of a query-protocol call: of the form in the body, or of the query of a GET. */
export function formOf(request: EmulatorRequest): URLSearchParams {
  if (request.method !== "POST") return request.query;
  const isForm = (request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
  return new URLSearchParams(isForm ? request.body.toString("utf8") : "");
}

/** The action that is asked for; these services have one path. */
export function formAction(request: EmulatorRequest): string {
  return request.path === "/" ? (formOf(request).get("Action") ?? "") : "";
}

/** Parameters that belong to the protocol or the signature. */
const ALWAYS = /^(Action|Version|X-Amz-\w[\w-]*)$/;

/**
 * Checks that every parameter is one that the action knows. Lists are named with `.N`: `SubnetId.N`, `Filter.N.Value.N`.
 */
export function checkParameters(call: AwsCall, protocol: AwsProtocol, known: readonly string[]): URLSearchParams {
  const form = formOf(call.request);
  for (const name of form.keys()) {
    const shape = name.replaceAll(/\.\d+/g, ".N");
    if (ALWAYS.test(name) || known.includes(shape)) continue;
    const code = protocol === "ec2" ? "UnknownParameter" : "ValidationError";
    return fail(call, protocol, { code, message: `The parameter ${name} is not recognized` });
  }
  return form;
}

/** The values of `NAME.1`, `NAME.2` … in order. */
export function listOf(form: URLSearchParams, name: string): readonly string[] {
  const values: string[] = [];
  for (let index = 1; form.has(`${name}.${index}`); index += 1) values.push(form.get(`${name}.${index}`) ?? "");
  return values;
}

/** `Filter.1.Name` with its values. */
export interface FormFilter {
  readonly name: string;
  readonly values: readonly string[];
}

export function filtersOf(form: URLSearchParams): readonly FormFilter[] {
  const filters: FormFilter[] = [];
  for (let index = 1; form.has(`Filter.${index}.Name`); index += 1) {
    filters.push({ name: form.get(`Filter.${index}.Name`) ?? "", values: listOf(form, `Filter.${index}.Value`) });
  }
  return filters;
}
