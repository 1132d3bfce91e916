import {
  type EmulatedCluster,
  type EmulatorReply,
  type EmulatorRoute,
  jsonReply,
  matchRoute,
  pageOf,
} from "@flotilla/testing";
import { type AwsCall, type AwsService, fail } from "../aws-call.ts";
import { renderCluster } from "./render-cluster.ts";
import { renderNodegroup } from "./render-nodegroup.ts";

type Params = Readonly<Record<string, string>>;

interface EksAction {
  readonly name: string;
  /** Query parameters it takes. */
  readonly query: readonly string[];
  readonly run: (call: AwsCall, params: Params) => unknown;
}

/** EKS's own maximum, also what it gives when nothing is asked. */
const PAGE_SIZE_MAX = 100;

const LIST_CLUSTERS: EksAction = {
  name: "ListClusters",
  query: ["include", "maxResults", "nextToken"],
  run(call) {
    const include = call.request.query.getAll("include");
    if (include.some((value) => value !== "all")) invalid(call, `include: unknown value ${include.join(",")}`);
    const names = clustersHere(call).map(({ name }) => name);
    return { clusters: [], ...named("clusters", page(call, names, `clusters ${call.account} ${call.region}`)) };
  },
};

const DESCRIBE_CLUSTER: EksAction = {
  name: "DescribeCluster",
  query: [],
  run: (call, params) => ({ cluster: renderCluster(call.world, clusterOf(call, params)) }),
};

const LIST_NODEGROUPS: EksAction = {
  name: "ListNodegroups",
  query: ["maxResults", "nextToken"],
  run(call, params) {
    const cluster = clusterOf(call, params);
    const names = cluster.pools.map(({ name }) => name).sort();
    return named("nodegroups", page(call, names, `nodegroups ${call.account} ${call.region} ${cluster.name}`));
  },
};

const DESCRIBE_NODEGROUP: EksAction = {
  name: "DescribeNodegroup",
  query: [],
  run(call, params) {
    const cluster = clusterOf(call, params);
    const pool = cluster.pools.find(({ name }) => name === params["nodegroupName"]);
    if (pool !== undefined) return { nodegroup: renderNodegroup(call.world, cluster, pool) };
    return notFound(call, `No node group found for name: ${params["nodegroupName"]}.`);
  },
};

const ROUTES: readonly EmulatorRoute<EksAction>[] = [
  { method: "GET", path: "/clusters", target: LIST_CLUSTERS },
  { method: "GET", path: "/clusters/{name}", target: DESCRIBE_CLUSTER },
  { method: "GET", path: "/clusters/{name}/node-groups", target: LIST_NODEGROUPS },
  { method: "GET", path: "/clusters/{name}/node-groups/{nodegroupName}", target: DESCRIBE_NODEGROUP },
];

/** EKS over REST-JSON. */
export const eksService: AwsService = {
  protocol: "rest-json",
  iamPrefix: "eks",
  throttled: { status: 429, code: "ThrottlingException", message: "Rate exceeded" },
  actionOf(request) {
    const match = matchRoute(ROUTES, request);
    return match.kind === "found" ? match.target.name : "";
  },
  resourceOf: ({ account, region }) => `arn:aws:eks:${region}:${account}:cluster/*`,
  answer(call): EmulatorReply {
    const match = matchRoute(ROUTES, call.request);
    if (match.kind !== "found") {
      return fail(call, "rest-json", { status: 404, code: "UnknownOperationException", message: "Unknown operation" });
    }
    for (const name of call.request.query.keys()) {
      if (!match.target.query.includes(name)) invalid(call, `Unknown parameter in input: "${name}"`);
    }
    return jsonReply(200, match.target.run(call, match.params), { "x-amzn-requestid": call.requestId });
  },
};

function clustersHere(call: AwsCall): readonly EmulatedCluster[] {
  return call.world.fleet.listed(({ scope, region }) => scope === call.account && region === call.region);
}

const NAME = /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/;

function clusterOf(call: AwsCall, { name = "" }: Params): EmulatedCluster {
  if (!NAME.test(name)) return invalid(call, `The cluster name "${name}" is not valid`);
  const found = call.world.fleet.find(
    (cluster) => cluster.scope === call.account && cluster.region === call.region && cluster.name === name,
  );
  return found ?? notFound(call, `No cluster found for name: ${name}.`);
}

function page(call: AwsCall, items: readonly string[], list: string): { items: readonly string[]; nextToken?: string } {
  const { query } = call.request;
  const asked = query.get("maxResults") ?? String(PAGE_SIZE_MAX);
  if (!/^\d+$/.test(asked)) {
    fail(call, "rest-json", { code: "SerializationException", message: "NUMBER_VALUE expected for maxResults" });
  }
  const size = Number(asked);
  if (size < 1 || size > PAGE_SIZE_MAX) invalid(call, `maxResults must be between 1 and ${PAGE_SIZE_MAX}`);
  const found = pageOf(items, {
    token: query.get("nextToken") ?? undefined,
    size: Math.min(size, call.world.pageSizeMax),
    list,
    loops: call.context.loopsPages,
  });
  return found ?? invalid(call, "The nextToken is not valid.");
}

function named(
  name: string,
  { items, nextToken }: { readonly items: readonly string[]; readonly nextToken?: string },
): Readonly<Record<string, unknown>> {
  return { [name]: items, ...(nextToken === undefined ? {} : { nextToken }) };
}

/** The members of EKS's error shapes; those that do not apply come as null. */
const FIELDS = {
  clusterName: null,
  nodegroupName: null,
  fargateProfileName: null,
  addonName: null,
  subscriptionId: null,
};

function invalid(call: AwsCall, message: string): never {
  return fail(call, "rest-json", { code: "InvalidParameterException", message, fields: FIELDS });
}

function notFound(call: AwsCall, message: string): never {
  return fail(call, "rest-json", { status: 404, code: "ResourceNotFoundException", message, fields: FIELDS });
}
