// Picks HID rigs from what the system lists; runs in the HID thread. Pure.
import type { HidFault, HidRig } from '../../../../common/contract/hid-rigs.ts';
import { hidRigName, reportBytesMax, reportBytesMin } from '../../../../common/device-protocol/hid-report.ts';
import type { HidDevice } from '../hid-input.ts';

/** The name is followed by the length of the reports; without it, they are as short as full-speed USB has them. */
const namePattern = new RegExp(`^${hidRigName}(?: (\\d{2,4}))?$`);

/** Of each rig once, however many of its collections are listed. */
export function hidRigsOf(devices: readonly HidDevice[]): HidRig[] {
  const rigs = new Map<string, HidRig>();
  for (const { path, serialNumber, product = '', vendorId, productId } of devices) {
    const match = namePattern.exec(product);
    const reportBytes = Number(match?.[1] ?? reportBytesMin);
    if (match === null || !(reportBytes >= reportBytesMin && reportBytes <= reportBytesMax)) continue;
    const serial = serialNumber === undefined ? {} : { serialNumber };
    rigs.set(path, { path, ...serial, product, vendorId, productId, reportBytes });
  }
  return [...rigs.values()];
}

/** @returns the rig with this serial number, or why there is not exactly one */
export function findHidRig(rigs: readonly HidRig[], serialNumber: string): HidRig | HidFault {
  const meant = rigs.filter((rig) => rig.serialNumber === serialNumber);
  const [rig] = meant;
  if (rig === undefined) {
    const others = rigs.map((each) => each.serialNumber ?? 'one without a serial number').join(', ');
    const there = rigs.length === 0 ? 'none is connected' : `connected: ${others}`;
    return {
      code: 'not-found',
      message: `there is no HID rig with serial number ${serialNumber} (${there}): plug it in, or correct the serial number`,
    };
  }
  if (meant.length === 1) return rig;
  return {
    code: 'ambiguous-identity',
    message: `${meant.length} HID rigs have serial number ${serialNumber}: unplug all but the one that is meant`,
  };
}
