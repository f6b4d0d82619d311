// Finds the one device that a setting means, or says why there is none. Stop-input thread; pure.
import type { InputDeviceSetting, StopInputProblem } from '../../../common/contract/stop-inputs.ts';
import type { HidDevice } from '../hardware/hid-input.ts';

/** @returns the device, or the problem: none is connected, or several are meant */
export function findDevice(
  setting: InputDeviceSetting,
  devices: readonly HidDevice[],
): { device: HidDevice } | { problem: StopInputProblem } {
  const alike = devices.filter(
    ({ vendorId, productId }) => vendorId === setting.vendorId && productId === setting.productId,
  );
  const [device, ...others] = alike.filter((candidate) => isMeant(setting, candidate));
  if (device === undefined) return { problem: notFound(setting, alike) };
  if (others.some(({ path }) => path !== device.path)) return { problem: ambiguous(setting, [device, ...others]) };
  return { device };
}

/** What tells HID devices apart. */
interface DeviceNumbers {
  vendorId: number;
  productId: number;
  serialNumber?: string | undefined;
  usagePage?: number | undefined;
  usage?: number | undefined;
}

/** @returns e.g. `vendor 0x0C45, product 0x7403, usage page 1` */
export function numbersOf({ vendorId, productId, serialNumber, usagePage, usage }: DeviceNumbers): string {
  return [
    `vendor ${hexadecimal(vendorId)}`,
    `product ${hexadecimal(productId)}`,
    ...(serialNumber === undefined ? [] : [`serial number "${serialNumber}"`]),
    ...(usagePage === undefined ? [] : [`usage page ${usagePage}`]),
    ...(usage === undefined ? [] : [`usage ${usage}`]),
  ].join(', ');
}

function isMeant(setting: InputDeviceSetting, device: HidDevice): boolean {
  const keys = ['serialNumber', 'usagePage', 'usage'] as const;
  return keys.every((key) => setting[key] === undefined || setting[key] === device[key]);
}

function notFound(setting: InputDeviceSetting, alike: readonly HidDevice[]): StopInputProblem {
  const wanted = `no HID device with ${numbersOf(setting)} is connected`;
  return alike.length === 0
    ? { code: 'not-found', what: wanted, cure: 'Plug it in, or correct its numbers in station.json' }
    : {
        code: 'not-found',
        what: `${wanted}; there is ${alike.map(numbersOf).join('; ')}`,
        cure: 'Correct serialNumber, usagePage and usage in station.json, or leave them out',
      };
}

function ambiguous(setting: InputDeviceSetting, meant: readonly HidDevice[]): StopInputProblem {
  return {
    code: 'ambiguous',
    what: `${meant.length} HID devices have ${numbersOf(setting)}: ${meant.map(numbersOf).join('; ')}`,
    cure: 'Add the serialNumber, or usagePage and usage, of the one that is meant in station.json; unplug devices that nothing tells apart',
  };
}

function hexadecimal(number: number): string {
  return `0x${number.toString(16).toUpperCase().padStart(4, '0')}`;
}
