// Chooses the electrodes that an experiment's source asks for; runs in the virtual rig.
import { assert } from '../../common/base/assert.ts';
import type { VirtualRigOptions } from '../../common/device-protocol/virtual-rig-options.ts';
import type { Electrodes } from './electrodes.ts';
import { RecordingElectrodes } from './recording-electrodes.ts';
import { SpikingTissue } from './spiking-tissue.ts';
import { VirtualElectrodes } from './virtual-electrodes.ts';

/** @throws Error when the recording cannot be read */
export function openElectrodes({ source, recording, seed }: VirtualRigOptions): Electrodes {
  if (source.kind === 'virtual') return new VirtualElectrodes(source, seed, new SpikingTissue(source, seed));
  assert(recording !== undefined, 'a replay without a recording');
  return new RecordingElectrodes(recording.sidecar, recording.samplesFile, source.loop);
}
