export { createVirtualClock, type VirtualClock } from "./clock/virtual-clock.ts";
export { createMemoryStore } from "./store/memory-store.ts";
export { withSkips, type ConformanceCase, type ConformanceSkip } from "./conformance/conformance-case.ts";
export {
  recordStoreConformance,
  type RecordStoreHarness,
} from "./conformance/record-store/record-store-conformance.ts";
export { kubeClusterConformance } from "./conformance/kube-cluster/kube-cluster-conformance.ts";
export type { KubeClusterHarness, KubeIdentity } from "./conformance/kube-cluster/kube-cluster-harness.ts";
export { openTcpLink, type TcpLink } from "./link/tcp-link.ts";
