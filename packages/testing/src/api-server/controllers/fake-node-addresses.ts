/** Pod addresses out of the nodes' ranges, each given once. */
export class FakeNodeAddresses {
  readonly #used = new Set<string>();

  /** The next free address of an IPv4 range of at most a /16; `10.244.255.0/24` when the node has none. */
  take(range = "10.244.255.0/24"): string {
    const [a = "10", b = "244", c = "255"] = range.split("/")[0]?.split(".") ?? [];
    const bits = Number(range.split("/")[1] ?? 24);
    const hosts = 2 ** Math.min(16, 32 - bits) - 1;
    for (let host = 1; host < hosts; host += 1) {
      const address = `${a}.${b}.${Number(c) + (host >> 8)}.${host & 0xff}`;
      if (this.#used.has(address)) continue;
      this.#used.add(address);
      return address;
    }
    throw new Error(`all pod addresses of ${range} are given out`);
  }

  /** Takes an address back. */
  release(address: string | undefined): void {
    if (address !== undefined) this.#used.delete(address);
  }
}
