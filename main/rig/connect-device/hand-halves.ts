// The halves of a source that records and of prepared pulses that the operator's hand gives. Rig thread.
import { HandStimulator } from '../hardware/hand-stimulator.ts';
import type { PreparedPulses } from '../hardware/prepared-pulses.ts';
import type { RhxReader } from '../hardware/rhx/rhx-reader.ts';
import type { OpenEphysReader } from '../hardware/open-ephys/open-ephys-reader.ts';
import { attachWatchdog } from './attach-watchdog.ts';
import type { DeviceConnecting, DeviceHalves } from './device-connecting.ts';

/** As they were measured before. */
type Impedances = readonly { readonly electrode: number; readonly impedanceKiloohms: number }[];

/** @throws Error with a sentence for the operator */
export async function handHalves(
  reader: RhxReader | OpenEphysReader,
  pulses: PreparedPulses,
  impedances: Impedances,
  { checked, owner, watchdog }: DeviceConnecting,
): Promise<DeviceHalves> {
  const { channels, sampleRateHz } = reader.identity;
  const impedancesOhms = new Map(
    impedances.map(({ electrode, impedanceKiloohms }) => [electrode, impedanceKiloohms * 1000]),
  );
  const writer = owner.add(new HandStimulator({ pulses, channels, sampleRateHz, impedancesOhms }));
  await attachWatchdog(watchdog, { kind: 'by-hand' }, checked.limits.timing.beatMaxMilliseconds, owner);
  return { reader, writer, digitalInputs: reader.onDigitalInputs };
}
