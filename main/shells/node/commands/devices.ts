// `exocortex devices`: lists what is connected or can be reached, kind by kind. Main process of the plain-Node shell.
import { join } from 'node:path';
import type { FoundDevice } from '../../../../common/contract/devices.ts';
import { listSources } from '../../../application/experiment-catalogue.ts';
import { findDevices } from '../../../application/find-devices.ts';
import type { ShellSetting } from '../shell-setting.ts';

/** Listing was seen to take ten seconds and to come back; the HID thread gives up after fifteen. */
const answerMilliseconds = 20_000;

const conditionWords = {
  ready: 'ready',
  'not-asked': 'not asked',
  absent: 'not there',
  unusable: 'cannot be used',
} as const;

/** @returns 0 when the system has listed all of its devices, some among them or none, else 1 */
export async function devices(setting: ShellSetting, isJson: boolean): Promise<number> {
  const { platform, print, printError } = setting;
  const finder = findDevices({
    platform,
    sources: () => listSources(join(platform.applicationFolder, 'experiments'), platform.stationFolder),
    stopInputs: () => undefined,
    isQuiet: () => true,
    answerMilliseconds,
  });
  const listing = await finder.list();
  if (isJson) print(JSON.stringify(listing));
  else {
    for (const device of listing.devices) print(linesOf(device));
    for (const { message, toDo } of listing.faults) printError(`${message} ${toDo}`);
  }
  return listing.faults.length === 0 ? 0 : 1;
}

function linesOf({ name, serialNumber, path, condition, problems }: FoundDevice): string {
  const serial = serialNumber === undefined ? '' : `, serial number ${serialNumber}`;
  const place = path === '' ? '' : `, at ${path}`;
  const head = `${name}${serial}${place}: ${conditionWords[condition]}`;
  return [head, ...problems.map(({ what, toDo }) => `  ${what} ${toDo}`)].join('\n');
}
