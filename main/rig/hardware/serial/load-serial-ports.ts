// Lists and opens serial ports; the only file that knows serialport. Ports are listed in the serial-port thread, and opened in the main thread of a program of its own.
import { isMainThread } from 'node:worker_threads';
import type * as serialport from 'serialport';
import { assert } from '../../../../common/base/assert.ts';
import type { ListedPort, SerialConnection, SerialListener, SerialPorts } from './serial-connection.ts';

/** What is used of the package. Its blocking calls run on libuv's threads. */
export type SerialPortPackage = Pick<typeof serialport, 'SerialPort'>;

/** USB takes no notice of it, except that 1200 erases an Arduino Due's program. */
const baudRate = 115_200;

/** Loads the package and its native part. @returns why serial ports cannot be used here, where they cannot */
export async function loadSerialPorts(
  importPackage: () => Promise<SerialPortPackage> = () => import('serialport'),
): Promise<SerialPorts | { unsupported: string }> {
  try {
    const { SerialPort } = await importPackage();
    return { list: () => listPorts(SerialPort), open: (path, listener) => openPort(SerialPort, path, listener) };
  } catch (error) {
    return { unsupported: `serial ports cannot be used on ${process.platform} ${process.arch}: ${String(error)}` };
  }
}

async function listPorts(SerialPort: SerialPortPackage['SerialPort']): Promise<ListedPort[]> {
  const ports = await SerialPort.list();
  return ports.map(({ path, serialNumber, vendorId, productId }) => ({
    path,
    ...(serialNumber ? { serialNumber } : {}),
    ...(vendorId ? { vendorId: Number.parseInt(vendorId, 16) } : {}),
    ...(productId ? { productId: Number.parseInt(productId, 16) } : {}),
  }));
}

function openPort(
  SerialPort: SerialPortPackage['SerialPort'],
  path: string,
  listener: SerialListener,
): Promise<SerialConnection> {
  // serialport waits for bytes in libuv's default loop, which is the main thread's: in another thread none ever come, and it may crash.
  assert(isMainThread, 'serial ports are opened in the main thread of a program only');
  return new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate, autoOpen: false });
    port.on('data', (bytes: Uint8Array) => listener.onBytes(bytes));
    port.on('error', (error) => listener.onLost(error.message));
    port.on('close', (error: Error | null) => listener.onLost(error?.message ?? 'the port was closed'));
    port.open((error) => {
      if (error) reject(error);
      else resolve({ write: (bytes) => written(port, bytes), close: () => closed(port) });
    });
  });
}

/** A port that is gone may fail to close, and there is nothing left to be done about it. */
function closed(port: serialport.SerialPort): Promise<void> {
  return new Promise((resolve) => port.close(() => resolve()));
}

/** Taken by the system and sent. */
function written(port: serialport.SerialPort, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    port.write(Buffer.from(bytes), undefined, (error) => (error ? reject(error) : resolve()));
  });
}
