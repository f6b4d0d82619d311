// Connects an RHS controller that records, and holds the experiment's stimuli for the operator's hand. Rig thread.
import { channelCount } from '../../../common/experiment/checked-experiment.ts';
import type { PreparedStimuli } from '../../../common/experiment/stimulator.ts';
import { stimulusPulse } from '../../../common/experiment/stimulus-pulse.ts';
import { attachWatchdog } from './attach-watchdog.ts';
import { HandStimulator } from '../hardware/hand-stimulator.ts';
import type { DeviceConnecting, DeviceHalves } from './device-connecting.ts';
import { readIntanRhx, withClicks } from './intan-rhx.ts';

/** @throws Error with a sentence for the operator */
export async function connectPrepared(
  { electrodes }: PreparedStimuli,
  connecting: DeviceConnecting,
): Promise<DeviceHalves> {
  const { checked, owner, deadMan, watchdog } = connecting;
  const { source } = checked.experiment;
  if (source.kind !== 'intan-rhx')
    throw new Error(`a source of kind ${source.kind} holds no prepared stimuli: remove stimulator from the experiment`);
  const reader = await readIntanRhx(source, connecting, {
    stimulated: electrodes.map(({ electrode }) => electrode),
  });
  try {
    const writer = new HandStimulator({
      pulses: await reader.prepare(checked.experiment.stimuli.map(stimulusPulse), deadMan),
      channels: channelCount(checked),
      sampleRateHz: source.sampleRateHz,
      impedancesOhms: new Map(
        electrodes.map(({ electrode, impedanceKiloohms }) => [electrode, impedanceKiloohms * 1000]),
      ),
    });
    owner.add(writer);
    await attachWatchdog(watchdog, { kind: 'by-hand' }, checked.limits.timing.beatMaxMilliseconds, owner);
    return { reader, writer, digitalInputs: reader.onDigitalInputs };
  } catch (error) {
    throw withClicks(error);
  }
}
