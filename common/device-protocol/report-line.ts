// One connection over HID reports, as both of its ends count it: frames are cut into reports, and put together from those that arrive.
import type { Checksum } from './envelope.ts';
import { type Report, reportOverheadBytes, type ReportKind, writeReport } from './hid-report.ts';
import type { Role } from './messages.ts';

const sequences = 2 ** 16;
const noBytes = new Uint8Array(0);

/** Of a connection's reports in one direction. */
export interface ReportCounts {
  received: number;
  /** Numbers that never came, or came damaged. */
  lost: number;
  /** The same number again at once. */
  repeated: number;
  /** A number below one that has come already. */
  late: number;
  /** Frames of which a fragment was missing, and which were given up. */
  brokenFrames: number;
}

export interface ReportLineOptions {
  readonly channel: Role;
  /** 0 to 255. */
  readonly connection: number;
  readonly reportBytes: number;
  readonly checksum: Checksum;
}

/** Cuts frames into reports and numbers them. */
export class ReportWriter {
  readonly #options: ReportLineOptions;
  #next = 0;

  constructor(options: ReportLineOptions) {
    this.#options = options;
  }

  /** @returns the reports of a whole frame, in order */
  frame(bytes: Uint8Array): Uint8Array[] {
    const most = this.#options.reportBytes - reportOverheadBytes;
    const reports: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += most) {
      const end = Math.min(bytes.length, at + most);
      reports.push(this.#write('fragment', bytes.subarray(at, end), at === 0, end === bytes.length));
    }
    return reports;
  }

  /** The end of the connection. */
  goodbye(): Uint8Array {
    return this.#write('goodbye', noBytes, true, true);
  }

  #write(kind: ReportKind, payload: Uint8Array, isFirst: boolean, isLast: boolean): Uint8Array {
    const { channel, connection, reportBytes, checksum } = this.#options;
    const sequence = this.#next;
    this.#next = (this.#next + 1) % sequences;
    return writeReport({ kind, channel, isFirst, isLast, connection, sequence }, payload, reportBytes, checksum);
  }
}

/** Puts frames together. Nothing is used of a frame with a hole, and of a report that is there again. */
export class ReportReader {
  readonly #maxFrameBytes: number;
  #expected = 0;
  /** A frame that has begun. */
  #arriving: Uint8Array[] | undefined;
  #arrivingBytes = 0;
  readonly counts: ReportCounts = { received: 0, lost: 0, repeated: 0, late: 0, brokenFrames: 0 };

  constructor(maxFrameBytes: number) {
    this.#maxFrameBytes = maxFrameBytes;
  }

  /**
   * @param report of this connection
   * @param missing how many reports are missing before it by a count that does not come round as sequence numbers do; 0: no such count
   * @returns whether it is new
   */
  isNew({ sequence }: Report, missing = 0): boolean {
    const ahead = (sequence - this.#expected + sequences) % sequences;
    if (ahead >= sequences / 2 && missing < sequences / 2) {
      if (ahead === sequences - 1) this.counts.repeated++;
      else this.counts.late++;
      return false;
    }
    this.counts.received++;
    const lost = ahead + sequences * Math.max(0, Math.round((missing - ahead) / sequences));
    this.counts.lost += lost;
    this.#expected = (sequence + 1) % sequences;
    if (lost > 0 && this.#arriving !== undefined) this.#giveUp();
    return true;
  }

  /** @param report a new fragment @returns the frame that is whole with it */
  frame({ isFirst, isLast, payload }: Report): Uint8Array | undefined {
    if (isFirst) {
      if (this.#arriving !== undefined) this.#giveUp();
      this.#arriving = [];
      this.#arrivingBytes = 0;
    }
    if (this.#arriving === undefined || this.#arrivingBytes + payload.length > this.#maxFrameBytes) {
      this.#giveUp();
      return undefined;
    }
    this.#arriving.push(payload.slice());
    this.#arrivingBytes += payload.length;
    if (!isLast) return undefined;
    const frame = new Uint8Array(this.#arrivingBytes);
    let at = 0;
    for (const part of this.#arriving) {
      frame.set(part, at);
      at += part.length;
    }
    this.#arriving = undefined;
    return frame;
  }

  #giveUp(): void {
    this.#arriving = undefined;
    this.counts.brokenFrames++;
  }
}
