// The reports of one HID device and the connections that they carry: counts what goes wrong and ends by a named fault. Runs in the HID thread.
import type { Clock } from '../../../../common/base/clock.ts';
import { Emitter } from '../../../../common/base/event.ts';
import type { HidFault, HidFaultCode } from '../../../../common/contract/hid-rigs.ts';
import { BadFrameBurst } from '../../../../common/device-protocol/bad-frame-burst.ts';
import { seal, unseal } from '../../../../common/device-protocol/envelope.ts';
import { readReport, type Report, reportOwner } from '../../../../common/device-protocol/hid-report.ts';
import { decodeIdentity, encodeJson } from '../../../../common/device-protocol/json-messages.ts';
import {
  blockLayout,
  devicePayloadMaxBytes,
  messageTypes,
  type Role,
} from '../../../../common/device-protocol/messages.ts';
import { ReportReader, ReportWriter } from '../../../../common/device-protocol/report-line.ts';
import { frameHeaderBytes } from '../../../../common/transport/frame.ts';
import { DeviceTime } from '../device-time.ts';
import { hostSeals } from '../seals.ts';
import { BlockBuilder, type SampleRun } from './block-builder.ts';
import type { DigitalInputs } from '../device.ts';
import type { HandOver } from './hand-over.ts';
import { type ConnectionCounts, type LineCounts, noConnectionCounts } from './line-counts.ts';
import type { ReportDevice, ReportListener } from './report-device.ts';

/** A report that the system has not taken after so long is stuck: a healthy line takes one in a millisecond. */
const defaultWriteDeadlineMilliseconds = 50;
/** More frames than a healthy line ever has under way: eight pulses, a stop and a renewal. */
export const framesMax = 32;

/** Above what high-speed USB carries, three reports in each of 8,000 microframes a second; the system keeps only some tens that waited. */
const reportsPerSecondMax = 25_000;

/** What is needed of messages that carry no tag. */
const seals = hostSeals('');

export interface HidLineOptions {
  readonly reportBytes: number;
  /** Length of the blocks of samples; undefined: as the device says. */
  readonly blockMilliseconds?: number | undefined;
  /** The host's monotonic clock. */
  readonly clock: Clock;
  /** A number that another program is not likely to have chosen, 0 to 255. */
  readonly connectionNumber: () => number;
  readonly writeDeadlineMilliseconds?: number | undefined;
  /** What waits for whoever listens to this line. */
  readonly handOver: HandOver;
  /** @returns the device, which tells the listener from now on */
  readonly device: (listener: ReportListener) => ReportDevice;
}

interface Connection {
  readonly role: Role;
  readonly number: number;
  readonly writer: ReportWriter;
  readonly reader: ReportReader;
  blocks: BlockBuilder | undefined;
}

/** A whole frame for one of the connections. */
export interface RoleFrame {
  readonly role: Role;
  readonly frame: Uint8Array;
}

export class HidLine {
  readonly #options: HidLineOptions;
  readonly #device: ReportDevice;
  readonly #connections = new Map<Role, Connection>();
  readonly #frames = new Emitter<RoleFrame>();
  readonly #taken = new Emitter<Role>();
  readonly #digitalInputs = new Emitter<DigitalInputs>();
  readonly #faults = new Emitter<HidFault>();
  readonly #burst = new BadFrameBurst();
  readonly #time = new DeviceTime();
  /** Frames that wait, oldest first; a STOP does not wait for others. */
  #waiting: { connection: Connection; frame: Uint8Array | undefined }[] = [];
  /** When the report that is being written was handed to the system. */
  #writingSinceNs: number | undefined;
  /** Reports that came while it is being written. */
  #reportsWhileWriting = 0;
  /** Reports since `#secondNs`. */
  #reportsInSecond = 0;
  #secondNs = -Infinity;
  #damaged = 0;
  #unreadableSamples = 0;
  #samplesNotTaken = 0;
  /** Of connections that are closed. */
  readonly #past = { ...noConnectionCounts };
  #isOpen = true;
  readonly #idle = new Emitter<undefined>();

  /** A frame has arrived, of the device or made of its samples; valid until the listener returns. */
  readonly onFrame = this.#frames.event;
  /** The system has taken a frame of this role. */
  readonly onTaken = this.#taken.event;
  /** The first state that is known, and each change. */
  readonly onDigitalInputs = this.#digitalInputs.event;
  /** The line has ended. Fires once. */
  readonly onFault = this.#faults.event;

  constructor(options: HidLineOptions) {
    this.#options = options;
    this.#device = options.device({
      onReport: (report) => this.#takeReport(report),
      onLost: (message) => this.#end('unplugged', `the HID rig is gone (${message}): plug it in and connect again`),
    });
  }

  get counts(): LineCounts {
    const counts = {
      ...this.#past,
      damaged: this.#damaged,
      unreadableSamples: this.#unreadableSamples,
      samplesNotTaken: this.#samplesNotTaken,
    };
    for (const connection of this.#connections.values()) addCounts(counts, connection);
    return counts;
  }

  /** State of the digital lines with the newest samples, a bit for each. */
  get digitalInputs(): number {
    return this.#connections.get('data')?.blocks?.digitalInputs ?? 0;
  }

  /** Begins a connection; one of the same role that is open ends. */
  open(role: Role): void {
    this.close(role);
    const connection = this.#options.connectionNumber();
    const { reportBytes } = this.#options;
    this.#connections.set(role, {
      role,
      number: connection,
      writer: new ReportWriter({ channel: role, connection, reportBytes, checksum: seals.checksum }),
      reader: new ReportReader(frameHeaderBytes + devicePayloadMaxBytes),
      blocks: undefined,
    });
  }

  /** Says goodbye when all that was handed over before has been written. */
  close(role: Role): void {
    const connection = this.#connections.get(role);
    if (connection === undefined) return;
    this.#connections.delete(role);
    addCounts(this.#past, connection);
    if (!this.#isOpen) return;
    this.#waiting.push({ connection, frame: undefined });
    void this.#write();
  }

  /** @param frame whole, not changed afterwards */
  send(role: Role, frame: Uint8Array): void {
    const connection = this.#connections.get(role);
    if (connection === undefined || !this.#isOpen) return;
    if (frame[frameHeaderBytes - 1] === messageTypes.stop) this.#waiting.unshift({ connection, frame });
    else if (this.#waiting.length < framesMax) this.#waiting.push({ connection, frame });
    else return this.#end('hand-over-full', `${framesMax} messages wait for the HID rig, which does not take them`);
    void this.#write();
  }

  /** Resolves when all that was handed over has been written, or the line has ended. */
  drained(): Promise<void> {
    if (this.#writingSinceNs === undefined || !this.#isOpen) return Promise.resolve();
    return new Promise((resolve) => this.#idle.event(() => resolve()));
  }

  /** To be called every few milliseconds: notices a report that the system does not take. */
  check(): void {
    const { clock, writeDeadlineMilliseconds = defaultWriteDeadlineMilliseconds } = this.#options;
    const sinceNs = this.#writingSinceNs;
    const waitedNs = sinceNs === undefined ? 0 : clock.nowNs() - sinceNs;
    if (waitedNs < writeDeadlineMilliseconds * 1e6) return;
    // A board that sends without end takes nothing meanwhile: the flood is the cause.
    if (this.#reportsWhileWriting > (reportsPerSecondMax * waitedNs) / 1e9) this.#endAsFlooded();
    else
      this.#end(
        'write-stalled',
        `the system has not taken a report for the HID rig in ${waitedNs / 1e6} ms: unplug it`,
      );
  }

  /** Ends without a word to the device, whose lease then ends. */
  dispose(): void {
    this.#isOpen = false;
    this.#waiting = [];
    this.#device.close();
    for (const emitter of [this.#frames, this.#taken, this.#digitalInputs, this.#faults, this.#idle]) emitter.dispose();
  }

  async #write(): Promise<void> {
    if (this.#writingSinceNs !== undefined) return;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const { connection, frame } = next;
      const reports = frame === undefined ? [connection.writer.goodbye()] : connection.writer.frame(frame);
      for (const report of reports) {
        this.#writingSinceNs = this.#options.clock.nowNs();
        this.#reportsWhileWriting = 0;
        try {
          await this.#device.write(report);
        } catch (error) {
          const words = error instanceof Error ? error.message : String(error);
          this.#end('write-failed', `the HID rig takes no reports (${words}): plug it in and connect again`);
        }
        if (!this.#isOpen) return;
      }
      if (frame !== undefined) this.#taken.fire(connection.role);
    }
    this.#writingSinceNs = undefined;
    this.#idle.fire(undefined);
  }

  #takeReport(bytes: Uint8Array): void {
    if (!this.#isOpen || this.#isFlooded() || this.#isForOthers(bytes)) return;
    const report = bytes.length === this.#options.reportBytes ? readReport(bytes, seals.checksum) : undefined;
    if (report === undefined) return this.#takeDamaged();
    const connection = this.#connections.get(report.channel);
    if (connection === undefined) return;
    if (report.kind === 'samples') this.#takeSamples(connection, report);
    else if (connection.reader.isNew(report) && report.kind === 'fragment') this.#takeFragment(connection, report);
  }

  /** A board that sends without end would keep this thread from everything else. */
  #isFlooded(): boolean {
    const nowNs = this.#options.clock.nowNs();
    if (nowNs - this.#secondNs >= 1e9) {
      this.#secondNs = nowNs;
      this.#reportsInSecond = 0;
    }
    this.#reportsWhileWriting++;
    if (++this.#reportsInSecond <= reportsPerSecondMax) return false;
    this.#endAsFlooded();
    return true;
  }

  #endAsFlooded(): void {
    this.#end('flooded', `the HID rig sends more than ${reportsPerSecondMax} reports in a second: unplug it`);
  }

  /** Every handle of a device gets all of its reports: those of other handles, samples above all, are not looked at closely. */
  #isForOthers(bytes: Uint8Array): boolean {
    const { channel, connection } = reportOwner(bytes);
    return channel !== undefined && this.#connections.get(channel)?.number !== connection;
  }

  #takeDamaged(): void {
    this.#damaged++;
    if (this.#burst.note(this.#options.clock.nowNs() / 1000))
      this.#end(
        'damaged-reports',
        'more than three reports of the HID rig were damaged within a second: change its cable',
      );
  }

  #takeFragment(connection: Connection, report: Report): void {
    const frame = connection.reader.frame(report);
    if (frame === undefined || !this.#handsOver()) return;
    const isOfBlocks = connection.role === 'data' && frame[frameHeaderBytes - 1] === messageTypes.identity;
    this.#frames.fire({ role: connection.role, frame: isOfBlocks ? this.#prepare(connection, frame) : frame });
  }

  /** The identity says what blocks are like. @returns it with the length of the blocks that are made here */
  #prepare(connection: Connection, frame: Uint8Array): Uint8Array {
    const body = unseal(messageTypes.identity, frame.subarray(frameHeaderBytes), seals);
    const identity = typeof body === 'string' ? undefined : decodeIdentity(body);
    if (identity === undefined) return frame;
    const { channels, sampleRateHz } = identity;
    const { blockMilliseconds } = this.#options;
    const samplesPerBlock =
      blockMilliseconds === undefined
        ? identity.samplesPerBlock
        : Math.max(1, Math.round((blockMilliseconds * sampleRateHz) / 1000));
    connection.blocks = new BlockBuilder(channels, samplesPerBlock);
    connection.blocks.onBlock((run) => this.#sendBlock(run, channels));
    connection.blocks.onDigitalInputs((inputs) => this.#handsOver() && this.#digitalInputs.fire(inputs));
    this.#options.handOver.setBlockLength(samplesPerBlock / sampleRateHz);
    return seal(messageTypes.identity, encodeJson({ ...identity, samplesPerBlock }), seals);
  }

  #takeSamples({ blocks, reader }: Connection, report: Report): void {
    const header = blocks?.read(report.payload);
    // Sequence numbers come round after 8 s of 8,000 reports a second; the numbers of samples do not.
    if (!reader.isNew(report, header && blocks?.reportsMissingBefore(header))) return;
    if (header === undefined) this.#unreadableSamples++;
    else blocks?.take(header, report.payload);
  }

  #sendBlock({ firstSample, sampleCount, deviceMicroseconds, samples }: SampleRun, channels: number): void {
    const nowNs = this.#options.clock.nowNs();
    this.#time.note(deviceMicroseconds, nowNs);
    const { handOver } = this.#options;
    if (!handOver.hasRoomForBlock) {
      this.#samplesNotTaken += sampleCount;
      return;
    }
    handOver.add();
    const acquiredNs = Math.max(0, Math.round(this.#time.toHost(deviceMicroseconds, nowNs)));
    const header = { firstSample, acquiredNs, deviceMicroseconds, sampleCount, channels };
    this.#frames.fire({ role: 'data', frame: seal(messageTypes.block, blockLayout.encode(header, samples), seals) });
  }

  /** @returns whether anything but a block may go on: without room for it the line ends */
  #handsOver(): boolean {
    const { handOver } = this.#options;
    if (handOver.hasRoom) {
      handOver.add();
      return true;
    }
    this.#end(
      'hand-over-full',
      `the program has not taken ${handOver.messagesMax} messages of the HID rig: close other programs, and connect again`,
    );
    return false;
  }

  /** The first fault counts. */
  #end(code: HidFaultCode, message: string): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#waiting = [];
    this.#device.close();
    this.#faults.fire({ code, message });
    this.#idle.fire(undefined);
  }
}

function addCounts(sum: ConnectionCounts, { role, reader: { counts }, blocks }: Connection): void {
  for (const key of ['received', 'lost', 'repeated', 'late', 'brokenFrames'] as const) sum[key] += counts[key];
  if (role === 'data') sum.lostOfSamples += counts.lost;
  sum.samplesBesideGaps += blocks?.samplesBesideGaps ?? 0;
}
