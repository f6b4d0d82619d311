import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import type { NodeHid } from '../hid-input.ts';
import { openReportDevice } from './open-report-device.ts';

class FakeHidAsync extends EventEmitter {
  readonly written: number[][] = [];

  write(report: Buffer): Promise<number> {
    this.written.push([...report]);
    return Promise.resolve(report.length);
  }

  close(): Promise<void> {
    return Promise.reject(new Error('the device is gone'));
  }
}

it('a HID device is read and written in reports without a number', async () => {
  const fake = new FakeHidAsync();
  const opened: unknown[] = [];
  const HIDAsync = {
    open(...given: unknown[]) {
      opened.push(given);
      return Promise.resolve(fake);
    },
  };
  const heard: unknown[] = [];
  const listener = {
    onReport: (report: Uint8Array) => heard.push([...report]),
    onLost: (text: string) => heard.push(text),
  };
  // Its class has a private constructor and methods that are not used here.
  const device = await openReportDevice('/a', listener, () => Promise.resolve({ HIDAsync } as unknown as NodeHid));
  await device.write(Uint8Array.of(1, 2));
  fake.emit('data', Buffer.of(3, 4));
  fake.emit('error', 'could not read from HID device');
  fake.emit('error', new Error('closed'));
  device.close();
  expect(opened).toEqual([['/a', { nonExclusive: true }]]);
  expect(fake.written).toEqual([[0, 1, 2]]);
  expect(heard).toEqual([[3, 4], 'could not read from HID device', 'closed']);
});
