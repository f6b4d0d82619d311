// What a client has sent while the firmware hangs: kept in order until it goes on; runs in the virtual rig.

/** Of the device's interface. What comes beyond it is lost, and with it the order of the stream. */
export const receiveBufferBytes = 65_536;

export class ReceiveBuffer {
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  get isEmpty(): boolean {
    return this.#bytes === 0;
  }

  /** @returns whether all that was sent has been kept */
  get isWhole(): boolean {
    return this.#bytes <= receiveBufferBytes;
  }

  /** Keeps a copy: the bytes of a socket are its own. */
  keep(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    if (this.isWhole) this.#chunks.push(bytes.slice());
  }

  /** Hands out what was kept, oldest first, and forgets it. */
  take(): Uint8Array[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#bytes = 0;
    return chunks;
  }
}
