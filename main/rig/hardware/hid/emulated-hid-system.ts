// The board's core as a program (resources/firmware/host) that listens on a local socket, in the place of the system's HID devices; runs in the emulated HID thread.
import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { hidRigName } from '../../../../common/device-protocol/hid-report.ts';
import type { ReportDevice, ReportListener } from './report-device.ts';
import type { HidSystem } from './serve-hid-rig.ts';

/** A board that is plugged in for as long as its socket is there. */
export interface EmulatedBoard {
  /** Path of the socket. */
  readonly address: string;
  readonly serialNumber: string;
  readonly reportBytes: number;
}

const recordHeaderBytes = 3;
/** What host-board.cpp calls its records. */
const kinds = { report: 0, taken: 1 } as const;

export function emulatedHidSystem(boards: readonly EmulatedBoard[]): HidSystem {
  return {
    devices: () =>
      Promise.resolve(
        boards
          .filter(({ address }) => existsSync(address))
          .map(({ address, serialNumber, reportBytes }) => ({
            path: address,
            vendorId: 0x1209,
            productId: 0xec01,
            product: `${hidRigName} ${reportBytes}`,
            serialNumber,
          })),
      ),
    open: (path, listener) =>
      new Promise((resolve, reject) => {
        const socket = connect(path);
        socket.once('error', reject);
        socket.once('connect', () => {
          socket.off('error', reject);
          resolve(over(socket, listener));
        });
      }),
  };
}

/** A handle of the board. A report counts as written when the board has said that it took it. */
function over(socket: Socket, listener: ReportListener): ReportDevice {
  const taken: (() => void)[] = [];
  let held = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    let at = 0;
    while (held.length - at >= recordHeaderBytes) {
      const end = at + recordHeaderBytes + held.readUInt16LE(at + 1);
      if (end > held.length) break;
      if (held[at] === kinds.report) listener.onReport(held.subarray(at + recordHeaderBytes, end));
      else if (held[at] === kinds.taken) taken.shift()?.();
      at = end;
    }
    held = held.subarray(at);
  });
  socket.on('error', (error) => listener.onLost(error.message));
  socket.on('close', () => listener.onLost('the board is gone'));
  return {
    write: (report) =>
      new Promise((resolve) => {
        taken.push(resolve);
        const record = Buffer.allocUnsafe(recordHeaderBytes + report.length);
        record[0] = kinds.report;
        record.writeUInt16LE(report.length, 1);
        record.set(report, recordHeaderBytes);
        socket.write(record);
      }),
    close: () => socket.destroy(),
  };
}
