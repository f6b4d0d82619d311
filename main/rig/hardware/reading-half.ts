// The reading half of a device: blocks of samples; runs in the rig thread.
import { Emitter } from '../../../common/base/event.ts';
import { blockLayout, messageTypes, requestBlocksLayout } from '../../../common/device-protocol/messages.ts';
import type { DeviceReader, SampleBlock } from './device.ts';
import { DeviceConnection, type ConnectOptions } from './device-connection.ts';

/** @throws Error when the device cannot be reached, or does not accept this client */
export async function connectReadingHalf(
  address: string,
  token: string,
  options: ConnectOptions = {},
): Promise<DeviceReader> {
  return new ReadingHalf(await DeviceConnection.open(address, 'data', token, options));
}

class ReadingHalf implements DeviceReader {
  readonly #connection: DeviceConnection;
  readonly #blocks = new Emitter<SampleBlock>();
  /** Frames lie at any byte; samples must not. */
  #samples = new Int16Array(0);

  constructor(connection: DeviceConnection) {
    this.#connection = connection;
    connection.receive = (type, body) => type === messageTypes.block && this.#takeBlock(body);
  }

  get identity() {
    return this.#connection.identity;
  }

  get onBlock() {
    return this.#blocks.event;
  }

  get onClosed() {
    return this.#connection.onClosed;
  }

  start(): void {
    this.#connection.send(messageTypes.start, new Uint8Array(0));
  }

  requestBlocks(count: number): void {
    this.#connection.send(messageTypes.requestBlocks, requestBlocksLayout.encode({ count }));
  }

  dispose(): void {
    this.#connection.dispose();
    this.#blocks.dispose();
  }

  #takeBlock(body: Uint8Array): boolean {
    const header = blockLayout.decode(body);
    if (header === undefined || header.channels !== this.identity.channels) return false;
    const values = header.sampleCount * header.channels;
    if (values === 0 || body.length !== blockLayout.bytes + values * Int16Array.BYTES_PER_ELEMENT) return false;
    if (this.#samples.length !== values) this.#samples = new Int16Array(values);
    new Uint8Array(this.#samples.buffer).set(body.subarray(blockLayout.bytes));
    this.#blocks.fire({ ...header, samples: this.#samples });
    return true;
  }
}
