import type { ObjectRef } from "@flotilla/core";

/** What is going on, for one live line or a log. Events come in the order things end; `done` of one phase never goes back. */
export interface ProgressEvent {
  readonly phase: "discover" | "observe" | "plan" | "apply" | "wait" | "remove" | "delete";
  readonly done: number;
  readonly total: number;
  /** One short line without a final dot. */
  readonly message: string;
  readonly cluster?: string;
  readonly ref?: ObjectRef;
}

export type OnProgress = (event: ProgressEvent) => void;
