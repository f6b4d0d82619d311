// Starts the program that opens a serial stimulator, and connects it beside a source that records, for the operator's hand. Rig thread.
import { randomBytes } from 'node:crypto';
import { sampleRateHz } from '../../../common/experiment/checked-experiment.ts';
import { deviceTokenVariable } from '../../../common/device-protocol/virtual-rig-options.ts';
import type { SerialStimuli } from '../../../common/experiment/stimulator.ts';
import { stimulusPulse } from '../../../common/experiment/stimulus-pulse.ts';
import { SerialLink } from '../hardware/serial/serial-link.ts';
import { SerialPulses } from '../hardware/serial/serial-pulses.ts';
import type { DeviceConnecting, DeviceHalves } from './device-connecting.ts';
import { handHalves } from './hand-halves.ts';
import { privateAddress } from './private-address.ts';
import { readWatchingSource } from './read-watching-source.ts';

/** @throws Error with a sentence for the operator */
export async function connectSerial(stimulator: SerialStimuli, connecting: DeviceConnecting): Promise<DeviceHalves> {
  if (connecting.isFast) throw new Error('a serial stimulator works in real time: only virtual sources go faster');
  // The stimulator first. A source that was let go again may need a person's clicks; and what its outputs do while it is opened is seen by nobody.
  const pulses = await preparePulses(stimulator, connecting);
  const reader = await readWatchingSource(stimulator.marker, connecting);
  connecting.owner.add(reader.onSyncEdge((edge) => pulses.see(edge)));
  return handHalves(reader, pulses, stimulator.electrodes, connecting);
}

async function preparePulses(stimulator: SerialStimuli, connecting: DeviceConnecting): Promise<SerialPulses> {
  const { checked, owner, programs, deadMan, onProgramExit } = connecting;
  const address = privateAddress(owner);
  const token = randomBytes(16).toString('hex');
  const program = owner.add(programs.start('serial-stimulator', [address], { [deviceTokenVariable]: token }));
  const exit = new Promise<never>((_, reject) => {
    program.onExit((how) => {
      const message = `the program of the serial stimulator ended: ${how}`;
      onProgramExit(message);
      reject(new Error(message));
    });
  });
  exit.catch(() => {});
  const link = owner.add(await Promise.race([SerialLink.connect(address, token), exit]));
  const options = { link, stimulator, deadMan, sampleRateHz: sampleRateHz(checked) };
  return Promise.race([SerialPulses.prepare(options, checked.experiment.stimuli.map(stimulusPulse)), exit]);
}
