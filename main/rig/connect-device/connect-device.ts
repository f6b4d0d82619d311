// Connects what an experiment's source names; rig thread.
import type { DeviceHalves } from './connect-halves.ts';
import { connectHidRig } from './connect-hid-rig.ts';
import { connectVirtualRig } from './connect-virtual-rig.ts';
import type { DeviceOptions } from './device-options.ts';

/** All or nothing. @throws Error with a sentence for the operator; `owner` then holds what must be released. */
export function connectDevice(options: DeviceOptions): Promise<DeviceHalves> {
  const { source } = options.checked.experiment;
  switch (source.kind) {
    case 'replay':
    case 'virtual':
      return connectVirtualRig(source, options);
    case 'hid-rig':
      return connectHidRig(source, options);
  }
}
