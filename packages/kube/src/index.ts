export { connectKubeCluster, type ConnectInput } from "./cluster/connect-kube-cluster.ts";
export { inClusterAccess, type InClusterInput } from "./credentials/in-cluster-access.ts";
export type { ExecPolicy } from "./exec/exec-policy.ts";
export type { HttpLimits } from "./http/kube-http.ts";
export { KUBE_REQUEST_CHANNEL, type KubeRequestEvent } from "./http/request-channel.ts";
export { listContexts } from "./kubeconfig/list-contexts.ts";
export type { KubeconfigOrigin } from "./kubeconfig/load-kubeconfig.ts";
export { flotillaProvider } from "./provider/flotilla-provider.ts";
export {
  createKubeconfigProvider,
  type KubeconfigProviderDeps,
  type KubeconfigProviderOptions,
} from "./provider/kubeconfig-provider.ts";
export { KUBE_WATCH_CHANNEL, type KubeWatchEvent } from "./watch/watch-channel.ts";
