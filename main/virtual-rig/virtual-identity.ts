// What the virtual device says about itself; runs in the virtual rig.
import type { DeviceIdentity } from '../../common/device-protocol/device-identity.ts';
import type { VirtualRigOptions } from '../../common/device-protocol/virtual-rig-options.ts';
import type { Electrodes } from './electrodes.ts';
import { virtualLimits } from './stimulator-limits.ts';

/** Of the grid that virtual tissue lies on; recordings do not say theirs. */
const virtualPitchMicrometres = 200;

/** @param bootNumber differs from one start to the next */
export function virtualIdentity(
  options: VirtualRigOptions,
  electrodes: Electrodes,
  bootNumber: number,
): DeviceIdentity {
  const { channels, sampleRateHz, microvoltsPerBit } = electrodes;
  const { source, recording, seed, tickMilliseconds } = options;
  const what =
    source.kind === 'virtual'
      ? `virtual tissue, seed ${seed}`
      : `recording${source.loop ? ', looped' : ''}: ${recording?.sidecar.source ?? ''}`;
  return {
    kind: source.kind,
    serial: source.kind === 'virtual' ? `virtual-${seed}` : `replay-${recording?.sidecar.sha256.slice(0, 12) ?? ''}`,
    firmware: 'virtual-rig/2',
    description: `${what} (${channels} electrodes, ${sampleRateHz} Hz)`.slice(0, 400),
    channels,
    sampleRateHz,
    microvoltsPerBit,
    samplesPerBlock: Math.max(1, Math.round((tickMilliseconds * sampleRateHz) / 1000)),
    canStimulate: true,
    limits: virtualLimits,
    electrodePitchMicrometres: source.kind === 'virtual' ? virtualPitchMicrometres : null,
    pacing: options.pacing,
    bootNumber,
  };
}
