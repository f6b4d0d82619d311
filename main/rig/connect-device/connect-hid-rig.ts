// Opens a HID rig: sets how it acquires, compares what it has set, then reads; the watchdog opens it for itself. Rig thread.
import type { HidSource } from '../../../common/experiment/source.ts';
import { connectReadingHalfOver } from '../hardware/reading-half.ts';
import { connectWritingHalfOver } from '../hardware/writing-half.ts';
import { attachWatchdog, type DeviceHalves } from './connect-halves.ts';
import type { DeviceOptions } from './device-options.ts';

/** @throws Error with a sentence for the operator: what could not be had, or what the rig has not set as it was asked to */
export async function connectHidRig(source: HidSource, options: DeviceOptions): Promise<DeviceHalves> {
  const { checked, owner, watchdog, openHid, deviceToken: token } = options;
  const { serialNumber } = source;
  if (options.isFast) throw new Error('a HID rig gives samples in real time: only virtual sources go faster');
  if (token === undefined) throw new Error(`the settings of this station hold no token of HID rig ${serialNumber}`);
  const user = owner.add(openHid());
  await user.open(serialNumber);
  const writer = owner.add(await connectWritingHalfOver(user.transport('control'), token));
  const inForce = await writer.configure({
    sampleRateHz: source.sampleRateHz,
    lowCutMillihertz: Math.round(source.lowCutHz * 1000),
    highCutHertz: source.highCutHz,
  });
  const reader = owner.add(await connectReadingHalfOver(user.transport('data'), token));
  for (const [name, asked, actual] of [
    ['channels', source.channels, reader.identity.channels],
    ['sampleRateHz', inForce.sampleRateHz, reader.identity.sampleRateHz],
  ] as const) {
    if (asked !== actual)
      throw new Error(`HID rig ${serialNumber} has ${name} ${actual}, not ${asked}: correct the experiment's source`);
  }
  const { beatMaxMilliseconds } = checked.limits.timing;
  await attachWatchdog({ address: { hidRig: serialNumber }, token, watchdog, beatMaxMilliseconds, owner });
  return { reader, writer };
}
