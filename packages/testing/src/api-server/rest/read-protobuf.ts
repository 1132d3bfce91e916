import { type ApiRequest, contentType, unsupportedMediaType } from "../http/request.ts";
import { badRequest } from "../http/status-error.ts";
import type { Registry } from "../resources/registry.ts";
import { decodeProtobuf, openProtobuf } from "../schema/decode-protobuf.ts";
import { ProtobufError } from "../schema/protobuf-reader.ts";
import type { StructSchema } from "../schema/schema.ts";

const PROTOBUF = "application/vnd.kubernetes.protobuf";
/** Bodies that are no kind of their own. */
const BODIES: Readonly<Record<string, string>> = {
  Binding: "io.k8s.api.core.v1.Binding",
  DeleteOptions: "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions",
  Eviction: "io.k8s.api.policy.v1.Eviction",
  Scale: "io.k8s.api.autoscaling.v1.Scale",
};

/** The request with a protobuf body turned into JSON; any other request as it is. @throws StatusError 400 or 415 */
export function withJsonBody(registry: Registry, request: ApiRequest): ApiRequest {
  const type = contentType(request);
  if (type === "application/cbor") throw unsupportedMediaType();
  if (type !== PROTOBUF || request.bytes.length === 0) return request;
  try {
    const envelope = openProtobuf(request.bytes);
    const body = JSON.stringify(decodeProtobuf(schemaOf(registry, envelope.apiVersion, envelope.kind), envelope));
    return { ...request, body, headers: { ...request.headers, "content-type": "application/json" } };
  } catch (error) {
    if (error instanceof ProtobufError) throw badRequest(`the protobuf body cannot be read: ${error.message}`);
    throw error;
  }
}

function schemaOf(registry: Registry, apiVersion: string, kind: string): StructSchema {
  const found = registry.byKind(apiVersion, kind)?.schema ?? registry.types.get(BODIES[kind] ?? "");
  if (found === undefined)
    throw new ProtobufError(`no kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`);
  return found;
}
