import type { RawRequest } from "@flotilla/sandbox/control-planes";

/** Whose credentials a request carries; `nobody`: none at all. */
export type Identity = "admin" | "viewer" | "nobody";

/** One request of a scenario, or one thing to wait for. The same steps go to both servers. */
export interface Step {
  readonly name: string;
  readonly as?: Identity;
  readonly request: RawRequest | ((memory: Memory) => RawRequest);
  /** What of the answer is compared. Default `body`: status code and the masked body. */
  readonly compare?: Compared;
  /** Repeats the request until the answer satisfies this (controllers take their time); the last answer is compared. */
  readonly until?: (answer: Answer) => boolean;
  /** Keeps values of this answer for later steps, e.g. a uid or a page token. */
  readonly remember?: (answer: Answer) => Readonly<Record<string, string>>;
}

export type Compared =
  | "body"
  /** The status code alone: for waiting steps, and for bodies that speak about the whole server. */
  | "code"
  | "nothing"
  /** That it is refused: for nonsense to which the real server answers 500. */
  | "refused"
  /** A watch: reads events until one is about the object of this name, and compares them all. */
  | { readonly watchUntil: string }
  /** Anything else worth comparing. */
  | ((answer: Answer) => unknown);

export interface Answer {
  readonly status: number;
  readonly json: unknown;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Values remembered so far on this server; `namespace` is always there and the same on both. */
export interface Memory {
  get(name: string): string;
}

export interface Scenario {
  readonly name: string;
  /** Every scenario gets a namespace of its own. */
  readonly steps: (namespace: string) => readonly Step[];
}
