// Asks the operating system to run a thread of the loop before other programs; called once by the entry of each such thread.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadNative } from './load-native.ts';

/**
 * Without the native addon, or where the system refuses, nothing changes: late ticks are counted either way.
 * @param builtEntryUrl `import.meta.url` of the built entry, two folders below the application's.
 */
export function raisePriorityOfThread(builtEntryUrl: string): void {
  const applicationRoot = join(dirname(fileURLToPath(builtEntryUrl)), '..', '..');
  loadNative({ applicationRoot }).native?.raiseThreadPriority();
}
