// The reading half of a device: blocks of samples; runs in the rig thread.
import { Emitter } from '../../../common/base/event.ts';
import { blockLayout, messageTypes, requestBlocksLayout } from '../../../common/device-protocol/messages.ts';
import { ConnectionHalf } from './connection-half.ts';
import type { DeviceReader, SampleBlock } from './device.ts';
import { DeviceConnection, type ConnectOptions } from './device-connection.ts';
import type { DeviceTransport } from './device-transport.ts';

/** @throws Error when the device cannot be reached, or does not accept this client */
export async function connectReadingHalf(
  address: string,
  token: string,
  options: ConnectOptions = {},
): Promise<DeviceReader> {
  return new ReadingHalf(await DeviceConnection.open(address, 'data', token, options));
}

/** The same over bytes that are there already. @throws Error when the device does not accept this client */
export async function connectReadingHalfOver(
  transport: DeviceTransport,
  token: string,
  options: ConnectOptions = {},
): Promise<DeviceReader> {
  return new ReadingHalf(await DeviceConnection.over(transport, 'data', token, options));
}

class ReadingHalf extends ConnectionHalf implements DeviceReader {
  readonly #blocks = new Emitter<SampleBlock>();
  readonly onBlock = this.#blocks.event;
  readonly usualPauseMilliseconds = 0;
  readonly health = undefined;
  /** Frames lie at any byte; samples must not. */
  #samples = new Int16Array(0);

  constructor(connection: DeviceConnection) {
    super(connection);
    connection.receive = (type, body) => type === messageTypes.block && this.#takeBlock(body);
  }

  start(): void {
    this.connection.send(messageTypes.start, new Uint8Array(0));
  }

  requestBlocks(count: number): void {
    // A board takes it for a message that it does not know.
    if (this.identity.pacing === 'stepped')
      this.connection.send(messageTypes.requestBlocks, requestBlocksLayout.encode({ count }));
  }

  override dispose(): void {
    super.dispose();
    this.#blocks.dispose();
  }

  #takeBlock(body: Uint8Array): boolean {
    const header = blockLayout.decode(body);
    if (header === undefined || header.channels !== this.identity.channels) return false;
    const values = header.sampleCount * header.channels;
    if (values === 0 || body.length !== blockLayout.bytes + values * Int16Array.BYTES_PER_ELEMENT) return false;
    this.connection.noteTime(header.deviceMicroseconds);
    if (this.#samples.length !== values) this.#samples = new Int16Array(values);
    new Uint8Array(this.#samples.buffer).set(body.subarray(blockLayout.bytes));
    this.#blocks.fire({ ...header, samples: this.#samples });
    return true;
  }
}
