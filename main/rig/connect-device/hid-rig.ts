// Connects a HID rig: sets how it acquires, compares what it has set, then reads; the watchdog opens it for itself. Rig thread.
import type { HidSource } from '../../../common/experiment/hid-source.ts';
import { type OpenHidUser, startHidThread } from '../hardware/hid/start-hid-thread.ts';
import { connectReadingHalfOver } from '../hardware/reading-half.ts';
import { connectWritingHalfOver } from '../hardware/writing-half.ts';
import { attachWatchdog } from './attach-watchdog.ts';
import type { DeviceConnecting, DeviceHalves } from './device-connecting.ts';

/**
 * @param openHid a line to the system's HID devices; without it a thread of its own
 * @throws Error with a sentence for the operator: what could not be had, or what the rig has not set as it was asked to
 */
export async function connectHidRig(
  source: HidSource,
  connecting: DeviceConnecting,
  openHid: OpenHidUser = () => startHidThread(connecting.programsFolder),
): Promise<DeviceHalves> {
  const { checked, owner, watchdog, deviceToken: token } = connecting;
  const { serialNumber } = source;
  if (connecting.isFast) throw new Error('a HID rig gives samples in real time: only virtual sources go faster');
  if (token === undefined) throw new Error(`the settings of this station hold no token of HID rig ${serialNumber}`);
  const user = owner.add(openHid());
  await user.open(serialNumber);
  const writer = owner.add(await connectWritingHalfOver(user.transport('control'), token));
  await writer.configure({
    sampleRateHz: source.sampleRateHz,
    lowCutMillihertz: Math.round(source.lowCutHz * 1000),
    highCutHertz: source.highCutHz,
  });
  const reader = owner.add(await connectReadingHalfOver(user.transport('data'), token));
  for (const name of ['channels', 'sampleRateHz'] as const) {
    const actual = reader.identity[name];
    if (actual !== source[name])
      throw new Error(
        `HID rig ${serialNumber} has ${name} ${actual}, not ${source[name]}: correct the experiment's source`,
      );
  }
  const { beatMaxMilliseconds } = checked.limits.timing;
  await attachWatchdog(watchdog, { kind: 'hid-rig', serialNumber, token }, beatMaxMilliseconds, owner);
  return { reader, writer };
}
