import { CloudError, isJsonObject, type KubeObject } from "@flotilla/core";
import { isKubeObject } from "../cluster/read-object.ts";
import type { Attention } from "./attention.ts";
import { textOf, type Line } from "./line-splitter.ts";
import type { ScannedEvent } from "./scan-event.ts";
import type { WatchedObject } from "./watched-object.ts";

/** A scanned line whose object is built at the first look. Until then the bytes around its line are kept, afterwards only the object. */
export class ScannedObject implements WatchedObject {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly #attention: Attention;
  readonly #versionBefore: string;
  #source: Line | KubeObject;

  constructor(line: Line, scanned: ScannedEvent, attention: Attention, versionBefore: string) {
    this.namespace = scanned.namespace;
    this.name = scanned.name;
    this.uid = scanned.uid;
    this.resourceVersion = scanned.resourceVersion;
    this.#source = line;
    this.#attention = attention;
    this.#versionBefore = versionBefore;
  }

  /**
   * @throws CloudError `transient` when the line turns out to be broken; the watch then asks for this event again, should
   *   its reader go on.
   */
  get object(): KubeObject {
    this.#attention.looked();
    if (isLine(this.#source)) this.#source = this.#build(this.#source);
    return this.#source;
  }

  #build(line: Line): KubeObject {
    const event = parse(line);
    const object = isJsonObject(event) ? event["object"] : undefined;
    if (isKubeObject(object)) return object;
    this.#attention.found(this, this.#versionBefore);
    throw new CloudError(
      "transient",
      `the event about ${this.namespace}/${this.name} is broken JSON; the watch asks for it again`,
      {
        code: "BrokenJson",
      },
    );
  }
}

function isLine(source: Line | KubeObject): source is Line {
  return source["bytes"] instanceof Buffer;
}

function parse(line: Line): unknown {
  try {
    return JSON.parse(textOf(line));
  } catch {
    return undefined;
  }
}
