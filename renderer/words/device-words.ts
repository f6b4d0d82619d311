// Devices in the laboratory's words: what they are, how they protect the tissue, whether they can be used. Runs in the page.
import type { CapabilityClass, DeviceKind, FoundDevice } from '../../common/contract/devices.ts';

export const deviceKindWords: Readonly<Record<DeviceKind, string>> = {
  'virtual-rig': 'virtual rig',
  'hid-rig': 'HID rig',
  'serial-stimulator': 'serial stimulator',
  'intan-rhx': 'Intan RHX',
  'open-ephys': 'Open Ephys',
  'stop-input': 'stop input',
};

/** In a few words, and what it means. */
export const protectionWords: Readonly<Record<CapabilityClass, [short: string, meaning: string]>> = {
  L3: ['lease and limits in its firmware', 'It turns itself off when this program is gone. It may close the loop.'],
  L2: ['every command ends by itself', 'It has no lease, but never stimulates for more than 100 ms by itself.'],
  L1: [
    'no certain protection of its own',
    'Single pulses under a held dead-man only, a second apart; never the closed loop.',
  ],
};

export const conditionWords: Readonly<Record<FoundDevice['condition'] | 'connected', string>> = {
  connected: 'connected',
  ready: 'ready',
  'not-asked': 'not asked',
  absent: 'not there',
  unusable: 'cannot be used',
};

/** Whether this is the device that is connected now: by its serial number, or as the only one of its kind. */
export function isConnectedDevice(
  { kind, serialNumber }: Pick<FoundDevice, 'kind' | 'serialNumber'>,
  connected: { kind: string; serial: string } | undefined,
): boolean {
  if (connected === undefined) return false;
  if (kind === 'virtual-rig') return connected.kind === 'virtual' || connected.kind === 'replay';
  if (kind !== connected.kind) return false;
  return kind === 'hid-rig' ? serialNumber === connected.serial : true;
}
