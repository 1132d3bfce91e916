/** When a fault strikes. */
export interface FaultCount {
  /** How often it strikes. Default: once. */
  readonly times?: number;
  /** How many matching requests pass first. Default 0. */
  readonly after?: number;
}

/** A fault that was added; disposing of it takes it away. */
export interface ArmedFault extends Disposable {
  /** How often it struck so far. */
  readonly hits: number;
}

/** The faults of one server. */
export interface Faults<Fault> {
  /** Arms a fault until it has struck `times` times, or is disposed. The first armed one that matches strikes. */
  add(fault: Fault): ArmedFault;
  clear(): void;
}

interface Armed<Fault> {
  readonly fault: Fault;
  passed: number;
  hits: number;
}

/** Keeps the armed faults and says which strikes. */
export class FaultPlan<Fault extends FaultCount, Subject> implements Faults<Fault> {
  readonly #matches: (fault: Fault, subject: Subject) => boolean;
  #armed: Armed<Fault>[] = [];

  constructor(matches: (fault: Fault, subject: Subject) => boolean) {
    this.#matches = matches;
  }

  add(fault: Fault): ArmedFault {
    const armed: Armed<Fault> = { fault, passed: 0, hits: 0 };
    this.#armed.push(armed);
    return {
      get hits() {
        return armed.hits;
      },
      [Symbol.dispose]: () => {
        this.#armed = this.#armed.filter((one) => one !== armed);
      },
    };
  }

  clear(): void {
    this.#armed = [];
  }

  /** The fault that strikes, if any; counts it. */
  strike(subject: Subject): Fault | undefined {
    for (const armed of this.#armed) {
      const { times = 1, after = 0 } = armed.fault;
      if (armed.hits >= times || !this.#matches(armed.fault, subject)) continue;
      if (armed.passed < after) {
        armed.passed += 1;
        continue;
      }
      armed.hits += 1;
      return armed.fault;
    }
    return undefined;
  }
}
