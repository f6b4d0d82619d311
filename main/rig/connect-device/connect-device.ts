// Connects the device that an experiment names as its source, and its stimulator where that is another. Rig thread.
import type { DeviceConnecting, DeviceHalves } from './device-connecting.ts';
import { connectHidRig } from './hid-rig.ts';
import { connectIntanRhx } from './intan-rhx.ts';
import { connectPrepared } from './prepared-stimuli.ts';
import { connectOpenEphys } from './open-ephys.ts';
import { connectBeside } from './stimulator-beside.ts';
import { connectVirtualRig } from './virtual-rig.ts';

/** @throws Error with a sentence for the operator; the owner then holds what must be released */
export function connectDevice(connecting: DeviceConnecting): Promise<DeviceHalves> {
  const { source, stimulator } = connecting.checked.experiment;
  if (stimulator?.kind === 'hid-rig') return connectBeside(stimulator, connecting);
  if (stimulator?.kind === 'intan-rhs') return connectPrepared(stimulator, connecting);
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
