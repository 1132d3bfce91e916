import type { EmulatorCall, EmulatorCallContext, EmulatorReply, EmulatorRequest } from "./emulator-http.ts";

/** The cloud behind an emulator. */
export interface EmulatorService {
  /** What a request is about and who asks, as far as it can be told. Checks nothing and never throws. */
  describe(request: EmulatorRequest): EmulatorCall;
  /** The answer; unknown paths, members and callers are refused here, in the cloud's own format. May throw `EmulatorRefusal`. */
  answer(request: EmulatorRequest, call: EmulatorCallContext): EmulatorReply | Promise<EmulatorReply>;
  /** The cloud's own words for "too many requests" and "something broke". */
  failure(kind: "throttled" | "internal", request: EmulatorRequest, call: EmulatorCall): EmulatorReply;
  /** How much longer this call takes than others, e.g. a slow region. Default 0. */
  slownessMs?(call: EmulatorCall): number;
}
