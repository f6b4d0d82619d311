// `exocortex devices`: lists the HID rigs that are connected. Main process of the plain-Node shell.
import { listHidRigs } from '../../../application/list-hid-rigs.ts';
import type { ShellSetting } from '../shell-setting.ts';

/** @returns 0 when the system has listed its devices, rigs among them or not, else 1 */
export async function devices(setting: ShellSetting, isJson: boolean): Promise<number> {
  const listed = await listHidRigs(setting.platform);
  if ('code' in listed) {
    if (isJson) setting.print(JSON.stringify({ rigs: [], fault: listed }));
    else setting.printError(`HID rigs cannot be listed: ${listed.message}.`);
    return 1;
  }
  if (isJson) setting.print(JSON.stringify({ rigs: listed }));
  else if (listed.length === 0) setting.print('No HID rig is connected.');
  for (const { product, serialNumber, path } of isJson ? [] : listed)
    setting.print(`${product}, serial number ${serialNumber ?? 'not given'}, at ${path}`);
  return 0;
}
