// Connects a HID rig for its outputs beside a source that only records, with their clocks aligned by sync pulses. Rig thread.
import type { WiredBoard } from '../../../common/experiment/stimulator.ts';
import { ClockSync } from '../hardware/clock-sync/clock-sync.ts';
import type { DeviceWriter } from '../hardware/device.ts';
import { WiredStimulator } from '../hardware/wired-stimulator.ts';
import { connectWritingHalfOver } from '../hardware/writing-half.ts';
import { attachWatchdog } from './attach-watchdog.ts';
import type { DeviceConnecting, DeviceHalves } from './device-connecting.ts';
import { readWatchingSource } from './read-watching-source.ts';

/** @throws Error with a sentence for the operator */
export async function connectBeside(stimulator: WiredBoard, connecting: DeviceConnecting): Promise<DeviceHalves> {
  const { owner, random } = connecting;
  const { sync: wire, electrodes } = stimulator;
  // The board first: a source that was let go again may need a person's clicks.
  const device = await connectOutputs(stimulator, connecting);
  const reader = await readWatchingSource(wire, connecting);
  const { channels, sampleRateHz } = reader.identity;
  const setOutputs = (outputs: number) => device.setDigitalOutputs(outputs);
  const sync = new ClockSync({ setOutputs, output: wire.output, sampleRateHz, random });
  owner.add(reader.onSyncEdge((edge) => sync.noteEdge(edge)));
  const sampleAt = (deviceMicroseconds: number) => sync.sampleAt(deviceMicroseconds);
  const writer = owner.add(new WiredStimulator({ device, electrodes, channels, sampleAt }));
  return { reader, writer, sync, digitalInputs: reader.onDigitalInputs };
}

/** Its samples are not asked for. */
async function connectOutputs(
  { serialNumber, electrodes, sync }: WiredBoard,
  { checked, owner, watchdog, openHid, deviceToken: token, isFast }: DeviceConnecting,
): Promise<DeviceWriter> {
  if (isFast) throw new Error('a HID rig works in real time: only virtual sources go faster');
  if (token === undefined) throw new Error(`the settings of this station hold no token of HID rig ${serialNumber}`);
  const user = owner.add(openHid());
  await user.open(serialNumber, checked.experiment.tickMilliseconds);
  const device = owner.add(await connectWritingHalfOver(user.transport('control'), token));
  const { serial, channels } = device.identity;
  const says = `HID rig ${serialNumber} says that`;
  if (serial !== serialNumber)
    throw new Error(`${says} its serial number is ${serial}: give the board one serial number, for USB and for itself`);
  const missing = electrodes.find(({ output }) => output >= channels);
  if (missing !== undefined)
    throw new Error(
      `${says} it has ${channels} electrodes, and output ${missing.output} is named: correct electrodes of the experiment's stimulator`,
    );
  // A line that the board has not stays low, and says so.
  await device.setDigitalOutputs(2 ** sync.output);
  await device.setDigitalOutputs(0);
  const { beatMaxMilliseconds } = checked.limits.timing;
  await attachWatchdog(watchdog, { kind: 'hid-rig', serialNumber, token }, beatMaxMilliseconds, owner);
  return device;
}
