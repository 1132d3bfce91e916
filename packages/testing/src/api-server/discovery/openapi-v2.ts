import { apiVersionOf, type Resource } from "../resources/resource.ts";

const LENGTH_DELIMITED = 2;
/** What clients look for: whether a PATCH of a kind takes these. */
const PARAMETERS = ["dryRun", "fieldManager", "fieldValidation", "force"];

/**
 * `/openapi/v2` in the protobuf form that `kubectl` asks for when it applies a `List`: the PATCH operations and their query
 * parameters, without schemas (those are in `/openapi/v3`). Source: the gnostic OpenAPIv2 message definitions.
 */
export function openApiV2(resources: readonly Resource[], kubernetesVersion: string): Buffer {
  const info = message(text(1, "Kubernetes"), text(2, kubernetesVersion));
  const paths = resources.filter((resource) => resource.verbs.includes("patch")).map(namedPath);
  return message(text(1, "2.0"), bytes(2, info), bytes(8, message(...paths.map((path) => bytes(2, path)))));
}

function namedPath(resource: Resource): Buffer {
  const root = `/${resource.group === "" ? "api" : "apis"}/${apiVersionOf(resource)}`;
  const path = `${root}${resource.namespaced ? "/namespaces/{namespace}" : ""}/${resource.plural}/{name}`;
  return message(text(1, path), bytes(2, message(bytes(8, patchOperation(resource)))));
}

function patchOperation(resource: Resource): Buffer {
  const { group, version, kind } = resource;
  // JSON is YAML, which is what an extension's value is written in.
  const value = message(text(2, JSON.stringify({ group, version, kind })));
  const extension = message(text(1, "x-kubernetes-group-version-kind"), bytes(2, value));
  return message(...PARAMETERS.map((name) => bytes(8, queryParameter(name))), bytes(13, extension));
}

function queryParameter(name: string): Buffer {
  const parameter = message(text(2, "query"), text(4, name), text(6, "string"));
  const nonBody = message(bytes(3, parameter));
  return message(bytes(1, message(bytes(2, nonBody))));
}

function message(...fields: readonly Buffer[]): Buffer {
  return Buffer.concat(fields);
}

function text(number: number, value: string): Buffer {
  return bytes(number, Buffer.from(value, "utf8"));
}

function bytes(number: number, value: Buffer): Buffer {
  return Buffer.concat([varint((number << 3) | LENGTH_DELIMITED), varint(value.length), value]);
}

function varint(value: number): Buffer {
  const out: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) out.push((rest & 0x7f) | 0x80);
  return Buffer.from([...out, rest]);
}
