export { createVirtualClock, type VirtualClock } from "./clock/virtual-clock.ts";
export { createMemoryStore } from "./store/memory-store.ts";
export { withSkips, type ConformanceCase, type ConformanceSkip } from "./conformance/conformance-case.ts";
export {
  recordStoreConformance,
  type RecordStoreHarness,
} from "./conformance/record-store/record-store-conformance.ts";
