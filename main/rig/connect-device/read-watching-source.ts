// Connects a source that only records and watches an input of its own for what the stimulator beside it gives. Rig thread.
import type { SyncWire } from '../../../common/experiment/stimulator.ts';
import type { OpenEphysReader } from '../hardware/open-ephys/open-ephys-reader.ts';
import type { RhxReader } from '../hardware/rhx/rhx-reader.ts';
import type { DeviceConnecting } from './device-connecting.ts';
import { readIntanRhx } from './intan-rhx.ts';
import { readOpenEphys } from './open-ephys.ts';

/** @throws Error with a sentence for the operator */
export function readWatchingSource(wire: SyncWire, connecting: DeviceConnecting): Promise<RhxReader | OpenEphysReader> {
  const { source } = connecting.checked.experiment;
  switch (source.kind) {
    case 'intan-rhx':
      return readIntanRhx(source, connecting, { sync: wire });
    case 'open-ephys':
      return readOpenEphys(source, connecting, wire);
    default:
      throw new Error(`a source of kind ${source.kind} stimulates by itself: remove stimulator from the experiment`);
  }
}
