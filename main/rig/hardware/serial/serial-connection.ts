// A serial port as the drivers use it: bytes in and out; runs in the main thread of a program of its own.

export interface SerialListener {
  onBytes(bytes: Uint8Array): void;
  /** The port is gone, or reading it failed; nothing comes after it. */
  onLost(message: string): void;
}

export interface SerialConnection {
  /** Resolves when the system has taken all of it; rejects with its words. May never settle. */
  write(bytes: Uint8Array): Promise<void>;
  /** Nothing comes after it. Resolves when another program can open the port. */
  close(): Promise<void>;
}

/** A port as the system lists it. */
export interface ListedPort {
  readonly path: string;
  readonly serialNumber?: string;
  readonly vendorId?: number;
  readonly productId?: number;
}

export interface SerialPorts {
  /** Rejects with the system's words. */
  list(): Promise<ListedPort[]>;
  /** The listener is not called before it resolves. Rejects with the system's words. */
  open(path: string, listener: SerialListener): Promise<SerialConnection>;
}
