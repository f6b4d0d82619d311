// Connects the device that an experiment names as its source, and its stimulator where that is another. Rig thread.
import type { DeviceConnecting, DeviceHalves } from './device-connecting.ts';
import { connectHidRig } from './hid-rig.ts';
import { connectIntanRhx } from './intan-rhx.ts';
import { connectPrepared } from './prepared-stimuli.ts';
import { connectOpenEphys } from './open-ephys.ts';
import { connectSerial } from './serial-stimuli.ts';
import { connectBeside } from './stimulator-beside.ts';
import { connectVirtualRig } from './virtual-rig.ts';

/** @throws Error with a sentence for the operator; the owner then holds what must be released */
export function connectDevice(connecting: DeviceConnecting): Promise<DeviceHalves> {
  const { source, stimulator } = connecting.checked.experiment;
  switch (stimulator?.kind) {
    case undefined:
      break;
    case 'hid-rig':
      return connectBeside(stimulator, connecting);
    case 'intan-rhs':
      return connectPrepared(stimulator, connecting);
    case 'pulse-pal-2':
    case 'stimjim':
      return connectSerial(stimulator, connecting);
  }
  switch (source.kind) {
    case 'virtual':
    case 'replay':
      return connectVirtualRig(source, connecting);
    case 'hid-rig':
      return connectHidRig(source, connecting);
    case 'intan-rhx':
      return connectIntanRhx(source, connecting);
    case 'open-ephys':
      return connectOpenEphys(source, connecting);
  }
}
