// Opens a HID rig: sets how it acquires, compares what it has set, then reads; the watchdog opens it for itself. Rig thread.
import type { HidSource } from '../../../common/experiment/hid-source.ts';
import type { SamplingIdentity } from '../hardware/device.ts';
import { connectReadingHalfOver } from '../hardware/reading-half.ts';
import { connectWritingHalfOver } from '../hardware/writing-half.ts';
import { attachWatchdog } from './attach-watchdog.ts';
import type { ConnectSource } from './device-connecting.ts';

/** @throws Error naming the first thing that the rig says of itself and that is not as the experiment says */
function compare(source: HidSource, identity: SamplingIdentity): void {
  const compared: [what: string, is: string | number, shouldBe: string | number, cure: string][] = [
    ['kind', identity.kind, 'hid', 'choose another source'],
    ['serial number', identity.serial, source.serialNumber, 'give the board one serial number, for USB and for itself'],
    ['number of electrodes', identity.channels, source.channels, "correct channels of the experiment's source"],
    ['sample rate in Hz', identity.sampleRateHz, source.sampleRateHz, 'restart the board, and connect again'],
    ['pacing', identity.pacing, 'real-time', 'choose another source'],
  ];
  for (const [what, is, shouldBe, cure] of compared)
    if (is !== shouldBe)
      throw new Error(`HID rig ${source.serialNumber} says that its ${what} is ${is}, and not ${shouldBe}: ${cure}`);
}

/** @throws Error with a sentence for the operator: what could not be had, or what the rig has not set as it was asked to */
export const connectHidRig: ConnectSource<HidSource> = async (source, connecting) => {
  const { checked, owner, watchdog, openHid, deviceToken: token } = connecting;
  const { serialNumber, sampleRateHz, lowCutHz, highCutHz: highCutHertz, digitalOutputs } = source;
  if (connecting.isFast) throw new Error('a HID rig gives samples in real time: only virtual sources go faster');
  if (token === undefined) throw new Error(`the settings of this station hold no token of HID rig ${serialNumber}`);
  const user = owner.add(openHid());
  await user.open(serialNumber, checked.experiment.tickMilliseconds);
  const writer = owner.add(await connectWritingHalfOver(user.transport('control'), token));
  await writer.configure({ sampleRateHz, lowCutMillihertz: Math.round(lowCutHz * 1000), highCutHertz });
  await writer.setDigitalOutputs(digitalOutputs);
  const reader = owner.add(await connectReadingHalfOver(user.transport('data'), token));
  compare(source, reader.identity);
  const { beatMaxMilliseconds } = checked.limits.timing;
  await attachWatchdog(watchdog, { kind: 'hid-rig', serialNumber, token }, beatMaxMilliseconds, owner);
  return { reader, writer, digitalInputs: user.onDigitalInputs };
};
