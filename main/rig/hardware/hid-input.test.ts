import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type HidSource, loadHidSource, type NodeHid } from './hid-input.ts';

class FakeHidAsync extends EventEmitter {
  isClosed = false;

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.reject(new Error('the device is gone'));
  }
}

/** The package with one device; every device that is opened is kept in `opened`. */
function fakePackage() {
  const opened: { path: string; options: unknown; device: FakeHidAsync }[] = [];
  const listed = { vendorId: 1, productId: 2, release: 3, interface: 0 };
  const hid = {
    getHidapiVersion: () => '0.15.0',
    devicesAsync: () =>
      Promise.resolve([
        { ...listed, path: '/a', serialNumber: 'S', product: 'Pedal', manufacturer: 'M', usagePage: 1, usage: 6 },
        { ...listed, path: '/b', serialNumber: '', product: '' },
        listed,
      ]),
    HIDAsync: {
      open(path: string, options: unknown) {
        const device = new FakeHidAsync();
        opened.push({ path, options, device });
        return Promise.resolve(device);
      },
    },
  };
  // Its class has a private constructor and methods that are not used here.
  return { hid: hid as unknown as NodeHid, opened };
}

async function loaded(hid: NodeHid): Promise<HidSource> {
  const source = await loadHidSource(() => Promise.resolve(hid));
  if ('unsupported' in source) throw new Error(source.unsupported);
  return source;
}

describe('the source of HID devices', () => {
  it('lists what can be opened, with what the system knows of it', async () => {
    const source = await loaded(fakePackage().hid);
    expect(await source.devices()).toEqual([
      { path: '/a', vendorId: 1, productId: 2, serialNumber: 'S', product: 'Pedal', usagePage: 1, usage: 6 },
      { path: '/b', vendorId: 1, productId: 2 },
    ]);
  });

  it('opens by path and hands over reports until it is disposed of', async () => {
    const { hid, opened } = fakePackage();
    const source = await loaded(hid);
    const reports: Uint8Array[] = [];
    const handle = await source.open('/a', { onReport: (report) => reports.push(report), onLost: () => {} });
    opened[0]?.device.emit('data', Buffer.of(0, 4));
    handle.dispose();
    expect(opened).toMatchObject([{ path: '/a', options: { nonExclusive: true }, device: { isClosed: true } }]);
    expect(reports).toEqual([Buffer.of(0, 4)]);
  });

  it('H81: tells that a device is lost, in the system’s words', async () => {
    const { hid, opened } = fakePackage();
    const source = await loaded(hid);
    const lost: string[] = [];
    const handle = await source.open('/a', { onReport: () => {}, onLost: (message) => lost.push(message) });
    opened[0]?.device.emit('error', 'could not read from HID device');
    opened[0]?.device.emit('error', new Error('device has been closed'));
    handle.dispose();
    expect(lost).toEqual(['could not read from HID device', 'device has been closed']);
  });

  it('is unsupported, with the reason, where the package is missing or its native part does not load', async () => {
    const missing = await loadHidSource(() => Promise.reject(new Error("Cannot find package 'node-hid'")));
    const withoutLibrary = await loadHidSource(() =>
      Promise.resolve({
        ...fakePackage().hid,
        getHidapiVersion() {
          throw new Error('libusb-1.0.so.0: cannot open shared object file');
        },
      }),
    );
    const begin = `HID devices cannot be read on ${process.platform} ${process.arch}: `;
    expect(missing).toEqual({ unsupported: `${begin}Cannot find package 'node-hid'` });
    expect(withoutLibrary).toEqual({ unsupported: `${begin}libusb-1.0.so.0: cannot open shared object file` });
  });

  it('loads the real package here, or says why not', async () => {
    const source = await loadHidSource();
    if ('unsupported' in source) expect(source.unsupported).toMatch(/^HID devices cannot be read on \w+ \w+: .+/);
    else expect(Array.isArray(await source.devices())).toBe(true);
  });
});
