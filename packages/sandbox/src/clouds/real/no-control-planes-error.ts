/** Real control planes are asked for and this machine has none: the message says what is missing and how to give it. */
export class NoControlPlanesError extends Error {
  override readonly name = "NoControlPlanesError";
}
