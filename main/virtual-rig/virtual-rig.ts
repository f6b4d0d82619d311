// The virtual rig: a process of its own that speaks the device protocol as the hardware does. Its one argument is its options as JSON.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Disposable, DisposableStore, toDisposable } from '../../common/base/disposable.ts';
import type { DeviceIdentity } from '../../common/device-protocol/device-identity.ts';
import {
  deviceTokenVariable,
  outputJournalVariable,
  type VirtualRigOptions,
  virtualRigOptionsSchema,
} from '../../common/device-protocol/virtual-rig-options.ts';
import type { NativeAddon } from '../../native/native-addon.ts';
import { loadNative } from '../../native/load-native.ts';
import { createTickTimer } from '../../native/tick-timer.ts';
import { watchForAbandonment } from './abandonment.ts';
import { createVirtualDevice } from './create-virtual-device.ts';
import { serveDevice } from './device-server.ts';
import type { VirtualDevice } from './virtual-device.ts';

const clock = { nowNs: () => Number(process.hrtime.bigint()) };
/** Two folders above this file, built or not. */
const applicationRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

async function runVirtualRig(options: VirtualRigOptions, token: string): Promise<void> {
  const owned = new DisposableStore();
  // Loaded before acquisition begins, so that the timer's ticks begin with it and fall on the ends of blocks.
  const { native } = loadNative({ applicationRoot });
  // Hardware would not wait for other programs either. Where the system refuses, lapses and blocks are late under load.
  if (options.pacing === 'real-time') native?.raiseThreadPriority();
  const { device, owned: ofDevice } = createVirtualDevice(options, token, clock);
  owned.add(ofDevice);
  const onConnections = watchForAbandonment(process, () =>
    whenOff(device, () => {
      owned.dispose();
      process.exit(0);
    }),
  );
  const server = owned.add(await serveDevice(device, options.address, onConnections));
  device.onStarted(() => {
    if (options.pacing === 'real-time') owned.add(startTicks(native, device.identity, server.pump));
  });
}

/** A device whose host is dead goes on, as hardware would, until its output is off: its lease sees to that. */
function whenOff(device: VirtualDevice, end: () => void): void {
  const deadlineNs = clock.nowNs() + device.identity.limits.leaseMaxMilliseconds * 1e6;
  const look = () => {
    if (device.isOutputOn && clock.nowNs() < deadlineNs) setTimeout(look, 1);
    else end();
  };
  look();
}

/** Calls back at the end of each block. The device goes by its clock, so that a late call delays a block and shifts none. */
function startTicks(
  native: NativeAddon | undefined,
  { samplesPerBlock, sampleRateHz }: DeviceIdentity,
  onTick: () => void,
): Disposable {
  if (native !== undefined) return createTickTimer(native, (samplesPerBlock / sampleRateHz) * 1e9, onTick);
  // Up to a millisecond late, but it sleeps: an emulated device must not take a core from the loop it is there for.
  const timer = setInterval(onTick, 1);
  return toDisposable(() => clearInterval(timer));
}

function readOptions(): { options: VirtualRigOptions; token: string } {
  const token = process.env[deviceTokenVariable];
  if (!token)
    throw new Error(`${deviceTokenVariable} is not set: the rig needs the token that its clients will present`);
  const options = virtualRigOptionsSchema.parse(JSON.parse(process.argv[2] ?? ''));
  const outputJournal = options.outputJournal ?? process.env[outputJournalVariable];
  return { options: outputJournal === undefined ? options : { ...options, outputJournal }, token };
}

try {
  const { options, token } = readOptions();
  await runVirtualRig(options, token);
} catch (error) {
  console.error(`virtual rig: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
