// The virtual device: electrodes, stimulator, faults and connections in one, without sockets or timers of its own; runs in the virtual rig.
import type { Clock } from '../../common/base/clock.ts';
import { Emitter } from '../../common/base/event.ts';
import type { DeviceIdentity } from '../../common/device-protocol/device-identity.ts';
import type { Checksum } from '../../common/device-protocol/envelope.ts';
import { encodeJson } from '../../common/device-protocol/json-messages.ts';
import {
  blockLayout,
  encodeStatus,
  messageTypes,
  type PulseMessage,
  type Role,
} from '../../common/device-protocol/messages.ts';
import type { VirtualFault } from '../../common/device-protocol/virtual-fault.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { BlockStream } from './block-stream.ts';
import { DeviceClient, type DeviceCommands, type Link } from './device-client.ts';
import type { Electrodes } from './electrodes.ts';
import { FaultPlan, type StreamFault } from './fault-plan.ts';
import { Stimulator } from './stimulator.ts';

export interface VirtualDeviceOptions {
  readonly identity: DeviceIdentity;
  readonly electrodes: Electrodes;
  readonly clock: Clock;
  readonly checksum: Checksum;
  /** @returns whether a client that presents these bytes may connect */
  readonly isToken: (token: Uint8Array) => boolean;
  readonly faults: readonly VirtualFault[];
}

const statusPeriodNs = 20e6;
/** After so many blocks `poll` returns, so that commands are heard in between. */
const blocksPerPoll = 16;
/** A data client that leaves more than this and a second of samples unread has lost its stream. */
const bufferFloorBytes = 4 * 1024 * 1024;

export class VirtualDevice implements DeviceCommands {
  readonly identity: DeviceIdentity;
  readonly #options: VirtualDeviceOptions;
  readonly #started = new Emitter<void>();
  readonly #unplugged = new Emitter<void>();
  readonly #stream: BlockStream;
  readonly #stimulator: Stimulator;
  readonly #acknowledgements: Acknowledgements;
  readonly #plan = new FaultPlan();
  readonly #connections = new Set<DeviceClient>();
  readonly #bufferMaxBytes: number;
  #statusDueNs = 0;
  /** What the clients know of the output: a change is reported at once. */
  #reportedOutput = '';
  #isUnplugged = false;

  /** Acquisition has begun: from now on `poll` is needed at each block. */
  readonly onStarted = this.#started.event;
  /** The device has been unplugged: nobody may connect any more. */
  readonly onUnplugged = this.#unplugged.event;

  constructor(options: VirtualDeviceOptions) {
    const { identity, electrodes, clock } = options;
    this.identity = identity;
    this.#options = options;
    this.#stream = new BlockStream({
      electrodes,
      clock,
      samplesPerBlock: identity.samplesPerBlock,
      pacing: identity.pacing,
      onBlock: (firstSample, samples, acquiredNs) => this.#sendBlock(firstSample, samples, acquiredNs),
      onEnded: () => this.#closeEnded(),
    });
    this.#stimulator = new Stimulator(identity);
    this.#acknowledgements = new Acknowledgements(clock, (body) =>
      this.#client('control')?.send(messageTypes.acknowledgement, body),
    );
    this.#bufferMaxBytes = bufferFloorBytes + identity.channels * identity.sampleRateHz * Int16Array.BYTES_PER_ELEMENT;
    for (const fault of options.faults) this.#plan.add(fault);
  }

  /** Takes a new connection. */
  connect(link: Link): DeviceClient {
    const client = new DeviceClient(this, link, this.#options.checksum);
    this.#connections.add(client);
    if (this.#isUnplugged) client.cut();
    return client;
  }

  /**
   * Does what is due: faults, blocks, slow acknowledgements, status. To be called at each block in real time, after
   * each message, and every few milliseconds at least.
   * @returns whether there is more to do at once
   */
  poll(): boolean {
    const hasMore = this.#produce();
    this.#acknowledgements.sendDue();
    this.#reportStatus(this.#options.clock.nowNs() >= this.#statusDueNs);
    return hasMore;
  }

  admit(client: DeviceClient, role: Role, token: Uint8Array): string | undefined {
    if (!this.#options.isToken(token)) return 'the token is not that of this device';
    if (this.#client(role) !== undefined) return `another client is connected for ${role}`;
    client.send(messageTypes.identity, encodeJson(this.identity));
    client.send(messageTypes.status, this.#statusBody());
    return undefined;
  }

  start(): void {
    if (this.#stream.start()) this.#started.fire();
    if (this.#stream.isEnded) this.#closeEnded();
  }

  requestBlocks(count: number): void {
    this.#stream.request(count);
  }

  enable(session: number, leaseExpiryMicroseconds: number, leaseMicroseconds: number): void {
    this.#stimulator.enable(session, leaseExpiryMicroseconds, leaseMicroseconds, this.#nowMicroseconds());
    this.#reportStatus(true);
  }

  renew(session: number, leaseExpiryMicroseconds: number): void {
    this.#stimulator.renew(session, leaseExpiryMicroseconds, this.#nowMicroseconds());
    this.#reportStatus(true);
  }

  stop(session: number): void {
    this.#stimulator.stop(session);
    this.#reportStatus(true);
  }

  injectFault(fault: VirtualFault): void {
    this.#plan.add(fault);
    this.#applyDueFaults();
  }

  leave(client: DeviceClient): void {
    this.#connections.delete(client);
    if (client.role === 'control') this.stop(0);
  }

  pulse(pulse: PulseMessage): void {
    const fault = this.#plan.takeForPulse();
    const sampleIndex = this.#stream.pulseSample;
    const outcome =
      fault?.fault === 'refuse'
        ? this.#stimulator.refuse()
        : this.#stimulator.pulse(pulse, sampleIndex, this.#nowMicroseconds());
    if (outcome === 'delivered') this.#stream.stimulate(pulse);
    this.#acknowledgements.acknowledge(pulse, outcome, sampleIndex, fault);
  }

  /** @returns whether there may be more blocks to produce at once */
  #produce(): boolean {
    for (let block = 0; block < blocksPerPoll; block++) {
      this.#applyDueFaults();
      if (this.#isReaderBehind() || !this.#stream.produceNext()) return false;
    }
    return true;
  }

  #sendBlock(firstSample: number, samples: Int16Array, acquiredNs: number): void {
    const { channels } = this.identity;
    const header = { firstSample, acquiredNs, sampleCount: samples.length / channels, channels };
    const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    this.#client('data')?.send(messageTypes.block, blockLayout.encode(header, bytes));
  }

  /** In real time a reader that is behind loses its stream; a stepped device waits for it. */
  #isReaderBehind(): boolean {
    const reader = this.#client('data');
    if (reader === undefined || reader.bufferedBytes <= this.#bufferMaxBytes) return false;
    if (this.identity.pacing === 'stepped') return true;
    reader.close('overrun', `the samples were read too slowly: ${reader.bufferedBytes} bytes were waiting`);
    return false;
  }

  #closeEnded(): void {
    const seconds = (this.#stream.nextSample / this.identity.sampleRateHz).toFixed(3);
    this.#client('data')?.close('recording-ended', `the recording has been played to its end, ${seconds} s`);
  }

  #applyDueFaults(): void {
    for (const fault of this.#plan.takeDue(this.#stream.nextSample)) this.#apply(fault);
  }

  #apply(fault: StreamFault): void {
    switch (fault.fault) {
      case 'lost-samples':
        return this.#stream.lose(fault.blocks);
      case 'stall':
        return this.#stream.stall(fault.milliseconds);
      case 'freeze':
        return this.#stream.freeze(fault.blocks);
      case 'unplug':
        this.#isUnplugged = true;
        for (const client of [...this.#connections]) client.cut();
        this.#unplugged.fire();
    }
  }

  #reportStatus(isDue: boolean): void {
    const { isOutputOn, session, burnedSession } = this.#status();
    const output = `${isOutputOn} ${session} ${burnedSession}`;
    if (!isDue && output === this.#reportedOutput) return;
    this.#reportedOutput = output;
    this.#statusDueNs = this.#options.clock.nowNs() + statusPeriodNs;
    const body = this.#statusBody();
    this.#client('control')?.send(messageTypes.status, body);
    this.#client('watchdog')?.send(messageTypes.status, body);
  }

  #status() {
    return this.#stimulator.status(this.#nowMicroseconds(), this.#stream.nextSample);
  }

  #statusBody(): Uint8Array {
    return encodeStatus(this.#status());
  }

  #client(role: Role): DeviceClient | undefined {
    for (const client of this.#connections) if (client.role === role) return client;
    return undefined;
  }

  #nowMicroseconds(): number {
    return Math.floor(this.#options.clock.nowNs() / 1000);
  }
}
