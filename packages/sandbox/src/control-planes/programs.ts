import type { ToolName } from "./binaries/tools.ts";
import { type Component, componentArguments, type ComponentSettings } from "./component-arguments.ts";
import type { ProcessGroup, Program } from "./process/process-group.ts";

/** The running programs of one control plane. */
export interface Programs {
  start(component: Component): void;
  restart(component: Component): Promise<void>;
  /** @throws Error for one that was never started */
  get(component: Component): Program;
  /** Those that were started, in that order. */
  started(): readonly Component[];
  /** Adds the ends of all logs to a failure. */
  explain<T>(waiting: Promise<T>): Promise<T>;
}

export interface ProgramsDeps {
  readonly group: ProcessGroup;
  readonly binaries: ReadonlyMap<ToolName, string>;
}

export function createPrograms(deps: ProgramsDeps, folder: string, settings: ComponentSettings): Programs {
  const started = new Map<Component, Program>();
  const get = (component: Component): Program => {
    const program = started.get(component);
    if (program === undefined) throw new Error(`${component} in ${folder} has not been started`);
    return program;
  };
  const start = (component: Component): void => {
    const file = deps.binaries.get(component);
    if (file === undefined) throw new Error(`${component} is not built`);
    const args = componentArguments(component, settings);
    started.set(component, deps.group.start({ name: component, file, args, folder }));
  };
  return {
    start,
    get,
    started: () => [...started.keys()],
    async restart(component) {
      await get(component).kill();
      start(component);
    },
    async explain(waiting) {
      try {
        return await waiting;
      } catch (error) {
        const logs = await Promise.all([...started].map(async ([name, one]) => `--- ${name}\n${await one.logTail()}`));
        throw new Error(`${String(error)}\n${logs.join("\n")}`, { cause: error });
      }
    },
  };
}
