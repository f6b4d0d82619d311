// The way of the blocks to the data client, and what happens when it reads too slowly; runs in the virtual rig.
import type { DeviceIdentity } from '../../common/device-protocol/device-identity.ts';
import { blockLayout, messageTypes } from '../../common/device-protocol/messages.ts';
import type { DeviceClient } from './device-client.ts';
import type { DeviceClock } from './device-clock.ts';

/** A data client that leaves more than this and a second of samples unread has lost its stream. */
const bufferFloorBytes = 4 * 1024 * 1024;

export class BlockOutlet {
  readonly #identity: DeviceIdentity;
  readonly #clock: DeviceClock;
  readonly #reader: () => DeviceClient | undefined;
  readonly #bufferMaxBytes: number;

  /** @param reader the data client of the moment */
  constructor(identity: DeviceIdentity, clock: DeviceClock, reader: () => DeviceClient | undefined) {
    this.#identity = identity;
    this.#clock = clock;
    this.#reader = reader;
    this.#bufferMaxBytes = bufferFloorBytes + identity.channels * identity.sampleRateHz * Int16Array.BYTES_PER_ELEMENT;
  }

  /** @param samples sample-major; @param acquiredNs host time of the newest one */
  send(firstSample: number, samples: Int16Array, acquiredNs: number): void {
    const { channels } = this.#identity;
    const deviceMicroseconds = this.#clock.at(acquiredNs);
    const header = { firstSample, acquiredNs, deviceMicroseconds, sampleCount: samples.length / channels, channels };
    const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    this.#reader()?.send(messageTypes.block, blockLayout.encode(header, bytes));
  }

  /** In real time a reader that is behind loses its stream; a stepped device waits for it. */
  mustWait(): boolean {
    const reader = this.#reader();
    if (reader === undefined || reader.bufferedBytes <= this.#bufferMaxBytes) return false;
    if (this.#identity.pacing === 'stepped') return true;
    reader.close('overrun', `the samples were read too slowly: ${reader.bufferedBytes} bytes were waiting`);
    return false;
  }

  /** The recording has been played to its end. */
  end(samples: number): void {
    const seconds = (samples / this.#identity.sampleRateHz).toFixed(3);
    this.#reader()?.close('recording-ended', `the recording has been played to its end, ${seconds} s`);
  }
}
