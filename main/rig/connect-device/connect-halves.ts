// The halves of a device and the watchdog's handle to it; rig thread.
import type { DisposableStore } from '../../../common/base/disposable.ts';
import type { DeviceAddress } from '../hardware/device-address.ts';
import type { DeviceReader, DeviceWriter } from '../hardware/device.ts';
import { connectReadingHalf } from '../hardware/reading-half.ts';
import { connectWritingHalf } from '../hardware/writing-half.ts';
import type { WatchdogLine } from '../supervision/watchdog-line.ts';

export interface DeviceHalves {
  readonly reader: DeviceReader;
  readonly writer: DeviceWriter;
}

export interface DeviceLine {
  address: DeviceAddress;
  token: string;
  watchdog: WatchdogLine;
  beatMaxMilliseconds: number;
  /** Owns everything that is opened. */
  owner: DisposableStore;
}

/** Opens the halves of a device that is listening on a socket. @throws Error with a sentence for the operator */
export async function connectHalves(line: DeviceLine & { address: string }): Promise<DeviceHalves> {
  const { address, token, owner } = line;
  const reader = owner.add(await connectReadingHalf(address, token));
  const writer = owner.add(await connectWritingHalf(address, token));
  await attachWatchdog(line);
  return { reader, writer };
}

/** @throws Error with a sentence for the operator when the watchdog has no handle */
export async function attachWatchdog({
  address,
  token,
  watchdog,
  beatMaxMilliseconds,
  owner,
}: DeviceLine): Promise<void> {
  const problem = await watchdog.attach(address, token, beatMaxMilliseconds);
  owner.onDispose(() => watchdog.detach());
  if (problem !== undefined) throw new Error(`the watchdog could not connect to the stimulator: ${problem}`);
}
