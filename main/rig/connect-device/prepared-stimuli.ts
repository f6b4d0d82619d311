// Connects an RHS controller that records, and holds the experiment's stimuli for the operator's hand. Rig thread.
import type { PreparedStimuli } from '../../../common/experiment/stimulator.ts';
import { stimulusPulse } from '../../../common/experiment/stimulus-pulse.ts';
import type { DeviceConnecting, DeviceHalves } from './device-connecting.ts';
import { handHalves } from './hand-halves.ts';
import { readIntanRhx, withClicks } from './intan-rhx.ts';

/** @throws Error with a sentence for the operator */
export async function connectPrepared(
  { electrodes }: PreparedStimuli,
  connecting: DeviceConnecting,
): Promise<DeviceHalves> {
  const { checked, deadMan } = connecting;
  const { source } = checked.experiment;
  if (source.kind !== 'intan-rhx')
    throw new Error(`a source of kind ${source.kind} holds no prepared stimuli: remove stimulator from the experiment`);
  const reader = await readIntanRhx(source, connecting, {
    stimulated: electrodes.map(({ electrode }) => electrode),
  });
  try {
    const pulses = await reader.prepare(checked.experiment.stimuli.map(stimulusPulse), deadMan);
    return await handHalves(reader, pulses, electrodes, connecting);
  } catch (error) {
    throw withClicks(error);
  }
}
