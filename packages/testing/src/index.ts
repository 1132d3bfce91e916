export { createVirtualClock, type VirtualClock } from "./clock/virtual-clock.ts";
export { createMemoryStore } from "./store/memory-store.ts";
export {
  conformanceTitle,
  withSkips,
  type ConformanceCase,
  type ConformanceSkip,
} from "./conformance/conformance-case.ts";
export {
  recordStoreConformance,
  type RecordStoreHarness,
} from "./conformance/record-store/record-store-conformance.ts";
export { kubeClusterConformance } from "./conformance/kube-cluster/kube-cluster-conformance.ts";
export type { KubeClusterHarness, KubeIdentity } from "./conformance/kube-cluster/kube-cluster-harness.ts";
export { openTcpLink, type TcpLink } from "./link/tcp-link.ts";
export { aCluster } from "./builders/a-cluster.ts";
export { aDeployment, type DeploymentOptions } from "./builders/a-deployment.ts";
export { aFleet } from "./builders/a-fleet.ts";
export { aMember, type MemberNodes } from "./builders/a-member.ts";
export { createFleet, type FleetOptions } from "./fleet/create-fleet.ts";
export {
  createChaos,
  type Chaos,
  type ChaosPlan,
  type Fault,
  type FaultSource,
  type FaultTiming,
  type MethodPath,
} from "./chaos/chaos.ts";
export { withChaos } from "./chaos/with-chaos.ts";
export { cloudProviderConformance } from "./conformance/cloud-provider/cloud-provider-conformance.ts";
export type { Capability, CloudProviderHarness } from "./conformance/cloud-provider/cloud-provider-harness.ts";
export { startApiServer } from "./api-server/start-api-server.ts";
export type {
  ApiServer,
  ApiServerOptions,
  FakeNode,
  FakeTaint,
  KubeconfigOptions,
  ObjectReader,
} from "./api-server/api-server.ts";
export {
  type CertificateAuthority,
  createCertificateAuthority,
  type KeyPairPem,
} from "./api-server/auth/certificate-authority.ts";
export type { FakeRoles, FakeRule, FakeUser } from "./api-server/auth/user.ts";
export type { ArmedFault, FaultCount, Faults } from "./fault/fault-plan.ts";
export type { ApiFault, ApiFaults, FaultAction, FaultSubject } from "./api-server/http/fault.ts";
export type { SeenRequest } from "./api-server/http/api-front.ts";
export type {
  EmulatedCloud,
  EmulatedCluster,
  EmulatedControlPlanePrice,
  EmulatedEndpoint,
  EmulatedMachinePrice,
  EmulatedNetwork,
  EmulatedPool,
  EmulatedQuota,
  EmulatedRegion,
  EmulatedScope,
} from "./emulator/emulated-cloud.ts";
export { createEmulatedFleet, type EmulatedFleet } from "./emulator/emulated-fleet.ts";
export type { EmulatorClock } from "./emulator/emulator-clock.ts";
export type {
  EmulatorFault,
  EmulatorFaultAction,
  EmulatorFaults,
  EmulatorFaultSubject,
} from "./emulator/emulator-fault.ts";
export {
  type EmulatorCall,
  type EmulatorCallContext,
  EmulatorRefusal,
  type EmulatorReply,
  type EmulatorRequest,
  jsonReply,
} from "./emulator/emulator-http.ts";
export type { RecordedRequest } from "./emulator/emulator-recording.ts";
export { type EmulatorRoute, matchRoute, type RouteMatch } from "./emulator/match-route.ts";
export { type EmulatedPage, pageOf, type PageInput } from "./emulator/page-of.ts";
export { stableDigits, stableHex, stableUuid } from "./emulator/stable-id.ts";
export type { EmulatorService } from "./emulator/emulator-service.ts";
export { type EmulatorOptions, type EmulatorServer, startEmulator } from "./emulator/start-emulator.ts";
