import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { listSerialStimulators } from './list-serial-stimulators.ts';
import { loadSerialPorts, type SerialPortPackage } from './load-serial-ports.ts';

type Done = (error: Error | null) => void;

class FakeSerialPort extends EventEmitter {
  static readonly opened: FakeSerialPort[] = [];
  static list = () =>
    Promise.resolve([
      { path: '/a', manufacturer: 'Arduino LLC', serialNumber: 'A', vendorId: '2341', productId: '003E' },
      { path: '/b', serialNumber: undefined, vendorId: undefined, productId: undefined },
    ]);
  readonly options: { path: string };
  readonly written: number[][] = [];
  isClosed = false;

  constructor(options: { path: string }) {
    super();
    this.options = options;
    FakeSerialPort.opened.push(this);
  }

  open(done: Done): void {
    done(this.options.path === '/busy' ? new Error('Cannot lock port') : null);
  }

  write(bytes: Buffer, _encoding: undefined, done: Done): void {
    this.written.push([...bytes]);
    done(bytes[0] === 0 ? new Error('gone') : null);
  }

  close(done: Done): void {
    this.isClosed = true;
    done(new Error('Port is not open'));
  }
}

// Its class has many methods that are not used here.
const fakePackage = { SerialPort: FakeSerialPort } as unknown as SerialPortPackage;

async function fakePorts() {
  const ports = await loadSerialPorts(() => Promise.resolve(fakePackage));
  if ('unsupported' in ports) throw new Error(ports.unsupported);
  return ports;
}

describe('serial ports', () => {
  it('are listed with their USB numbers', async () => {
    expect(await (await fakePorts()).list()).toEqual([
      { path: '/a', serialNumber: 'A', vendorId: 0x2341, productId: 0x003e },
      { path: '/b' },
    ]);
  });

  it('are read and written in bytes, and say when they are gone', async () => {
    const heard: unknown[] = [];
    const listener = {
      onBytes: (bytes: Uint8Array) => heard.push([...bytes]),
      onLost: (message: string) => heard.push(message),
    };
    const connection = await (await fakePorts()).open('/a', listener);
    const port = FakeSerialPort.opened.at(-1)!;
    expect(port.options).toEqual({ path: '/a', baudRate: 115_200, autoOpen: false });
    await connection.write(Uint8Array.of(213, 72));
    expect(port.written).toEqual([[213, 72]]);
    await expect(connection.write(Uint8Array.of(0))).rejects.toThrow('gone');
    port.emit('data', Buffer.of(75));
    port.emit('close', new Error('bad file descriptor'));
    port.emit('close', null);
    port.emit('error', new Error('reading failed'));
    expect(heard).toEqual([[75], 'bad file descriptor', 'the port was closed', 'reading failed']);
    await connection.close();
    expect(port.isClosed).toBe(true);
  });

  it('that cannot be opened say why', async () => {
    const listener = { onBytes: () => {}, onLost: () => {} };
    await expect((await fakePorts()).open('/busy', listener)).rejects.toThrow('Cannot lock port');
  });

  it('are listed as stimulators, or it is said why not', async () => {
    expect(await listSerialStimulators(() => loadSerialPorts(() => Promise.resolve(fakePackage)))).toEqual([
      { path: '/a', serialNumber: 'A', vendorId: 0x2341, productId: 0x003e, protocol: 'pulse-pal-2' },
    ]);
    const missing = () => loadSerialPorts(() => Promise.reject(new Error('no native build was found')));
    expect(await listSerialStimulators(missing)).toMatchObject({
      code: 'unsupported',
      message: /no native build/ as never,
    });
    const mute = async () => ({
      ...(await fakePorts()),
      list: () => Promise.reject(new Error('spawn udevadm ENOENT')),
    });
    expect(await listSerialStimulators(mute)).toMatchObject({
      code: 'enumeration-failed',
      message: expect.stringContaining('spawn udevadm ENOENT') as string,
    });
  });

  it('are reached by the package itself, with the binary that it brings for this system', async () => {
    const ports = await loadSerialPorts();
    expect(ports).not.toHaveProperty('unsupported');
  });
});
