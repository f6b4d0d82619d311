// Asks the operating system to run a thread of the loop before other programs; called once by the entry of each such thread.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadNative } from './load-native.ts';
import type { NativeAddon } from './native-addon.ts';

/**
 * Without the native addon, or where the system refuses, nothing changes: late ticks are counted either way.
 * @param builtEntryUrl `import.meta.url` of the built entry, two folders below the application's.
 */
export function raisePriorityOfThread(builtEntryUrl: string): void {
  loadNativeOf(builtEntryUrl)?.raiseThreadPriority();
}

/** @returns the addon of the application that an entry belongs to, if it can be loaded. */
export function loadNativeOf(builtEntryUrl: string): NativeAddon | undefined {
  const applicationRoot = join(dirname(fileURLToPath(builtEntryUrl)), '..', '..');
  return loadNative({ applicationRoot }).native;
}
