export { connectKubeCluster, type ConnectInput } from "./cluster/connect-kube-cluster.ts";
export type { HttpLimits } from "./http/kube-http.ts";
export { KUBE_REQUEST_CHANNEL, type KubeRequestEvent } from "./http/request-channel.ts";
export { KUBE_WATCH_CHANNEL, type KubeWatchEvent } from "./watch/watch-channel.ts";
