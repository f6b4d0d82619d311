// A HID line to a device that the test plays, over reports of 64 bytes.
import { crc32 } from 'node:zlib';
import { FakeClock } from '../../../../common/base/clock.ts';
import type { HidFault } from '../../../../common/contract/hid-rigs.ts';
import { seal } from '../../../../common/device-protocol/envelope.ts';
import {
  readReport,
  type Report,
  type ReportHeader,
  writeReport,
} from '../../../../common/device-protocol/hid-report.ts';
import { encodeStatus, messageTypes } from '../../../../common/device-protocol/messages.ts';
import { offStatus } from '../device-status.fixture.ts';
import { hostSeals } from '../seals.ts';
import { HandOver } from './hand-over.ts';
import { HidLine, type RoleFrame } from './hid-line.ts';
import type { ReportListener } from './report-device.ts';

export const reportBytes = 64;
export const statusFrame = seal(messageTypes.status, encodeStatus(offStatus()), hostSeals('token'));
export const stopFrame = seal(messageTypes.stop, new Uint8Array(8), hostSeals('token'));

export function playedLine() {
  const clock = new FakeClock(1e9);
  /** Reports that the device has been given; those that it has not taken hold the line up. */
  const written: Report[] = [];
  const played = { clock, written, frames: [] as RoleFrame[], faults: [] as HidFault[], isClosed: false };
  let listener: ReportListener | undefined;
  let settle: ((error?: Error) => void) | undefined;
  let isStuck = false;
  const handOver = new HandOver();
  const line = new HidLine({
    reportBytes,
    clock,
    handOver,
    connectionNumber: () => 7,
    device(given) {
      listener = given;
      return {
        write(report) {
          written.push(readReport(report, crc32)!);
          if (!isStuck) return Promise.resolve();
          return new Promise((resolve, reject) => {
            settle = (error) => (error === undefined ? resolve() : reject(error));
          });
        },
        close: () => void (played.isClosed = true),
      };
    },
  });
  line.onFrame(({ role, frame }) => played.frames.push({ role, frame: frame.slice() }));
  line.onFault((fault) => played.faults.push(fault));
  return {
    ...played,
    line,
    /** Nothing is taken unless the test says so. */
    handOver,
    get isClosed() {
      return played.isClosed;
    },
    /** Hands a report to the line, as the system does. */
    arrive: (bytes: Uint8Array) => listener!.onReport(bytes),
    lose: (message: string) => listener!.onLost(message),
    stick: () => void (isStuck = true),
    settle: (error?: Error) => settle?.(error),
    /** Lets everything run that waits for a report to be taken. */
    settled: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
}

/** A report of the device. */
export function deviceReport(change: Partial<ReportHeader>, payload: Uint8Array): Uint8Array {
  const header = {
    kind: 'fragment',
    channel: 'control',
    isFirst: true,
    isLast: true,
    connection: 7,
    sequence: 0,
  } as const;
  return writeReport({ ...header, ...change }, payload, reportBytes, crc32);
}

/** The fragments of a status, the first one numbered `from`. */
export function statusReports(from: number, change: Partial<ReportHeader> = {}): Uint8Array[] {
  const parts = [statusFrame.subarray(0, 54), statusFrame.subarray(54)];
  return parts.map((part, index) =>
    deviceReport({ isFirst: index === 0, isLast: index === 1, sequence: from + index, ...change }, part),
  );
}
