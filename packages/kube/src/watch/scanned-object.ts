import type { KubeObject } from "@flotilla/core";
import { textOf, type Line } from "./line-splitter.ts";
import type { ScannedEvent } from "./scan-event.ts";
import type { WatchedObject } from "./watched-object.ts";

/** A scanned line whose object is built at the first look. Until then the bytes around its line are kept, afterwards only the object. */
export class ScannedObject implements WatchedObject {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  #line: Line | undefined;
  #object: KubeObject | undefined;

  constructor(line: Line, scanned: ScannedEvent) {
    this.namespace = scanned.namespace;
    this.name = scanned.name;
    this.uid = scanned.uid;
    this.resourceVersion = scanned.resourceVersion;
    this.#line = line;
  }

  get object(): KubeObject {
    this.#object ??= this.#parse();
    return this.#object;
  }

  /** The scan has proved that the line is JSON and that its object has what a KubeObject must have. */
  #parse(): KubeObject {
    const event = JSON.parse(this.#line === undefined ? "" : textOf(this.#line)) as { readonly object: KubeObject };
    this.#line = undefined;
    return event.object;
  }
}
