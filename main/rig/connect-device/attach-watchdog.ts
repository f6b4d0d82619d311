// Has the watchdog open its own handle to a device, for as long as the device is connected. Rig thread.
import type { DisposableStore } from '../../../common/base/disposable.ts';
import type { DeviceAddress } from '../supervision/watchdog-messages.ts';
import type { WatchdogLine } from '../supervision/watchdog-line.ts';

/** @throws Error with a sentence for the operator */
export async function attachWatchdog(
  watchdog: WatchdogLine,
  device: DeviceAddress,
  beatMaxMilliseconds: number,
  owner: DisposableStore,
): Promise<void> {
  const problem = await watchdog.attach(device, beatMaxMilliseconds);
  owner.onDispose(() => watchdog.detach());
  if (problem !== undefined) throw new Error(`the watchdog could not connect to the stimulator: ${problem}`);
}
