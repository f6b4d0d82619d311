// Opens the halves of a device that listens on a socket, and the watchdog's handle to it. Rig thread.
import type { DisposableStore } from '../../../common/base/disposable.ts';
import { connectReadingHalf } from '../hardware/reading-half.ts';
import { connectWritingHalf } from '../hardware/writing-half.ts';
import type { WatchdogLine } from '../supervision/watchdog-line.ts';
import { attachWatchdog } from './attach-watchdog.ts';
import type { DeviceHalves } from './device-connecting.ts';

export interface SocketLine {
  address: string;
  token: string;
  watchdog: WatchdogLine;
  beatMaxMilliseconds: number;
  /** Owns everything that is opened. */
  owner: DisposableStore;
}

/** @throws Error with a sentence for the operator */
export async function connectSocketHalves(line: SocketLine): Promise<DeviceHalves> {
  const { address, token, watchdog, beatMaxMilliseconds, owner } = line;
  const reader = owner.add(await connectReadingHalf(address, token));
  const writer = owner.add(await connectWritingHalf(address, token));
  await attachWatchdog(watchdog, { kind: 'socket', address, token }, beatMaxMilliseconds, owner);
  return { reader, writer };
}
