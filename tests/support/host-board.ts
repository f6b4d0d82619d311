// The firmware's core as a program beside the tests, and what tests say to it (resources/firmware/host/host-board.cpp).
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Disposable } from '../../common/base/disposable.ts';
import { hidRigName } from '../../common/device-protocol/hid-report.ts';
import type { HidSystem } from '../../main/rig/hardware/hid/serve-hid-rig.ts';
import type { ReportListener } from '../../main/rig/hardware/hid/report-device.ts';

const recordHeaderBytes = 3;
/** What the program calls records. */
const kinds = { report: 0, time: 1, command: 2, done: 1, outputs: 2 } as const;

export interface HostBoardOptions {
  readonly program: string;
  readonly mode: 'stepped' | 'real-time' | 'uhid' | 'socket';
  readonly reportBytes: number;
  readonly serialNumber: string;
  readonly token: string;
  /** Path of its socket, where it has one. */
  readonly address?: string;
}

export class HostBoard implements Disposable {
  readonly #program: ChildProcessWithoutNullStreams;
  readonly ended: Promise<unknown>;
  #held = Buffer.alloc(0);
  #words = '';
  onReport: (report: Uint8Array) => void = () => {};
  /** Stepped: all that the oldest record has led to has been sent. */
  onDone: () => void = () => {};
  onEnded: () => void = () => {};
  /** With a socket: its digital outputs have been set. @param monotonicNs of this computer, when */
  onOutputs: (outputs: number, monotonicNs: number) => void = () => {};

  constructor({ program, mode, reportBytes, serialNumber, token, address }: HostBoardOptions) {
    const listening = address === undefined ? [] : [address];
    this.#program = spawn(program, [mode, String(reportBytes), serialNumber, token, ...listening]);
    this.#program.stdout.on('data', (bytes: Buffer) => this.#take(bytes));
    this.#program.stderr.on('data', (bytes: Buffer) => (this.#words += bytes.toString()));
    this.#program.stdin.on('error', () => {});
    this.ended = once(this.#program, 'close').then(() => this.onEnded());
  }

  /** What it has complained of. */
  get words(): string {
    return this.#words;
  }

  report(report: Uint8Array): void {
    this.#write(kinds.report, report);
  }

  time(microseconds: number): void {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(microseconds));
    this.#write(kinds.time, bytes);
  }

  command(text: string): void {
    this.#write(kinds.command, Buffer.from(text));
  }

  dispose(): void {
    this.#program.stdin.end();
    this.#program.kill('SIGKILL');
  }

  #write(kind: number, bytes: Uint8Array): void {
    const record = Buffer.alloc(recordHeaderBytes + bytes.length);
    record[0] = kind;
    record.writeUInt16LE(bytes.length, 1);
    record.set(bytes, recordHeaderBytes);
    this.#program.stdin.write(record);
  }

  #take(bytes: Buffer): void {
    this.#held = Buffer.concat([this.#held, bytes]);
    let at = 0;
    while (this.#held.length - at >= recordHeaderBytes) {
      const end = at + recordHeaderBytes + this.#held.readUInt16LE(at + 1);
      if (end > this.#held.length) break;
      const content = this.#held.subarray(at + recordHeaderBytes, end);
      if (this.#held[at] === kinds.report) this.onReport(content);
      else if (this.#held[at] === kinds.outputs)
        this.onOutputs(content.readUInt16LE(0), Number(content.readBigUInt64LE(2)) * 1000);
      else this.onDone();
      at = end;
    }
    this.#held = this.#held.subarray(at);
  }
}

/** Host boards in the place of the system's HID devices: a board is listed until it is unplugged. */
export function pipeSystem(boards: ReadonlyMap<string, { board: HostBoard; options: HostBoardOptions }>): HidSystem {
  return {
    devices: () =>
      Promise.resolve(
        [...boards].map(([path, { options }]) => ({
          path,
          vendorId: 0x1209,
          productId: 0xec01,
          product: `${hidRigName} ${options.reportBytes}`,
          serialNumber: options.serialNumber,
        })),
      ),
    open(path: string, listener: ReportListener) {
      const { board } = boards.get(path)!;
      board.onReport = (report) => listener.onReport(report);
      board.onEnded = () => listener.onLost('the program has ended');
      return Promise.resolve({ write: async (report) => board.report(report), close: () => {} });
    },
  };
}
