// The recorder and the station of the simulated computer: what they hold survives the program's end.
import { crc32 } from 'node:zlib';
import type { AuditDetail, AuditEvent } from '../../common/audit/audit-entry.ts';
import { readFrame, sealFrame } from '../../common/journal/frame.ts';
import { permit as permitLayout, recordType } from '../../common/journal/records.ts';
import { createRingMemory, RingReader, RingWriter } from '../../common/journal/ring.ts';
import type { FileDigest } from '../../common/journal/session-manifest.ts';
import type { DoseReservation, DoseUsage } from '../../common/limits/dose-ledger.ts';
import type { Recorder } from '../../main/rig/recording/recorder-line.ts';
import type { StationSink } from '../../main/rig/recording/station-line.ts';

const ringBytes = 2 ** 16;

/** What is wrong with the disk now. */
export interface DiskFaults {
  /** Nothing is written. */
  isStuck: boolean;
  /** Every write fails. */
  isFull: boolean;
}

/** The journal's ring with a disk behind it that is written at once when it works. */
export class SimulatedRing extends RingWriter {
  readonly #reader: RingReader;
  readonly #faults: DiskFaults;
  /** Pulse numbers of the permits on disk, of the journal that is open. */
  readonly permits = new Set<number>();

  constructor(faults: DiskFaults) {
    const memory = createRingMemory(ringBytes);
    super(memory);
    this.#reader = new RingReader(memory);
    this.#faults = faults;
  }

  override waitUntilWritten(): boolean {
    return this.drain();
  }

  /** @returns whether everything is on disk. */
  drain(): boolean {
    if (this.#faults.isStuck || this.#faults.isFull) return false;
    this.#reader.drain(
      (bytes, view, at) => sealFrame(bytes, view, at, crc32),
      (bytes) => this.#keepPermits(bytes),
    );
    return true;
  }

  #keepPermits(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at < bytes.length;) {
      const frame = readFrame(bytes, view, at, crc32);
      if (typeof frame === 'string') throw new Error(`the journal holds a frame that is ${frame}`);
      if (frame.type === recordType.permit) {
        const payload = new DataView(frame.payload.buffer, frame.payload.byteOffset);
        this.permits.add(permitLayout.read(payload, 0).sequence);
      }
      at = frame.end;
    }
  }
}

export class SimulatedRecorder implements Recorder {
  readonly #faults: DiskFaults;
  #onFailure: (message: string) => void = () => {};
  freeSeconds: number | undefined;

  constructor(faults: DiskFaults) {
    this.#faults = faults;
  }

  open(): Promise<string | undefined> {
    return Promise.resolve(this.#faults.isFull ? 'no space left on the disk' : undefined);
  }

  close(): Promise<readonly FileDigest[] | string> {
    return Promise.resolve(this.#faults.isFull ? 'no space left on the disk' : []);
  }

  onFailure(listener: (message: string) => void): void {
    this.#onFailure = listener;
  }

  fail(): void {
    this.#onFailure('no space left on the disk');
  }
}

/** What the station's disk holds. */
export class StationDisk {
  readonly entries: { event: AuditEvent; detail: AuditDetail }[] = [];
  isBroken = false;
  openReservation: DoseReservation | undefined;
}

export class SimulatedStation implements StationSink {
  readonly #disk: StationDisk;
  readonly mark = undefined;

  constructor(disk: StationDisk) {
    this.#disk = disk;
  }

  note(event: AuditEvent, detail: AuditDetail): void {
    if (!this.#disk.isBroken) this.#disk.entries.push({ event, detail });
  }

  noteDurably(event: AuditEvent, detail: AuditDetail): Promise<string | undefined> {
    this.note(event, detail);
    return Promise.resolve(this.#disk.isBroken ? 'no space left on the disk' : undefined);
  }

  seal(): Promise<string | undefined> {
    return Promise.resolve(this.#disk.isBroken ? 'no space left on the disk' : undefined);
  }

  settleDose(_usage: readonly DoseUsage[], reservation: DoseReservation | undefined): Promise<string | undefined> {
    if (this.#disk.isBroken) return Promise.resolve('no space left on the disk');
    this.#disk.openReservation = reservation;
    return Promise.resolve(undefined);
  }
}
