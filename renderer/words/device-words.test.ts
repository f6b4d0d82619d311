import { expect, test } from 'vitest';
import { isConnectedDevice } from './device-words.ts';

test('the connected device is told by its kind, and a HID rig by its serial number too', () => {
  const is = (
    kind: 'virtual-rig' | 'hid-rig' | 'intan-rhx',
    serialNumber: string,
    connected?: { kind: string; serial: string },
  ) => isConnectedDevice({ kind, serialNumber }, connected);
  expect(is('virtual-rig', '', { kind: 'virtual', serial: 'v1' })).toBe(true);
  expect(is('virtual-rig', '', { kind: 'replay', serial: 'v1' })).toBe(true);
  expect(is('virtual-rig', '', { kind: 'hid-rig', serial: 'v1' })).toBe(false);
  expect(is('hid-rig', 'A1', { kind: 'hid-rig', serial: 'A1' })).toBe(true);
  expect(is('hid-rig', 'A1', { kind: 'hid-rig', serial: 'A2' })).toBe(false);
  expect(is('intan-rhx', '', { kind: 'intan-rhx', serial: 'x' })).toBe(true);
  expect(is('hid-rig', 'A1')).toBe(false);
});
