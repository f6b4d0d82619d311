// `exocortex devices`: lists the devices that are connected, kind by kind. Main process of the plain-Node shell.
import { listHidRigs } from '../../../application/list-hid-rigs.ts';
import { listSerialStimulators } from '../../../application/list-serial-stimulators.ts';
import type { HidFault, HidRig } from '../../../../common/contract/hid-rigs.ts';
import type { SerialFault, SerialStimulatorPort } from '../../../../common/contract/serial-stimulators.ts';
import type { ShellSetting } from '../shell-setting.ts';

/** One object of `--json`; another kind of device is another kind here. */
export type ConnectedDevice = ({ kind: 'hid-rig' } & HidRig) | ({ kind: 'serial-stimulator' } & SerialStimulatorPort);

/** Why the devices of a kind cannot be listed. */
export type ListingFault = ({ kind: 'hid-rig' } & HidFault) | ({ kind: 'serial-stimulator' } & SerialFault);

const plural = { 'hid-rig': 'HID rigs', 'serial-stimulator': 'serial stimulators' } as const;
const protocolWords = {
  'pulse-pal-2': 'Arduino Due, which may be a Pulse Pal 2',
  stimjim: 'Teensy, which may be a StimJim',
} as const;

/** @returns 0 when the system has listed all of its devices, some among them or none, else 1 */
export async function devices(setting: ShellSetting, isJson: boolean): Promise<number> {
  const { platform, print, printError } = setting;
  const [rigs, stimulators] = await Promise.all([listHidRigs(platform), listSerialStimulators(platform)]);
  const found: ConnectedDevice[] = [];
  const faults: ListingFault[] = [];
  if ('code' in rigs) faults.push({ kind: 'hid-rig', ...rigs });
  else found.push(...rigs.map((rig) => ({ kind: 'hid-rig', ...rig }) as const));
  if ('code' in stimulators) faults.push({ kind: 'serial-stimulator', ...stimulators });
  else found.push(...stimulators.map((port) => ({ kind: 'serial-stimulator', ...port }) as const));
  if (isJson) print(JSON.stringify({ devices: found, faults }));
  else {
    for (const device of found) print(lineOf(device));
    if (found.length === 0 && faults.length === 0) print('No HID rig and no serial stimulator is connected.');
    for (const { kind, message } of faults) printError(`${plural[kind]} cannot be listed: ${message}.`);
  }
  return faults.length === 0 ? 0 : 1;
}

function lineOf(device: ConnectedDevice): string {
  const name = device.kind === 'hid-rig' ? device.product : protocolWords[device.protocol];
  return `${name}, serial number ${device.serialNumber ?? 'not given'}, at ${device.path}`;
}
