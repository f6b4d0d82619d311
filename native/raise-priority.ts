// Asks the operating system to run a thread of the loop before other programs; called once by the entry of each such thread.
import { loadNativeOf } from './load-native.ts';

/**
 * Without the native addon, or where the system refuses, nothing changes: late ticks are counted either way.
 * @param builtEntryUrl `import.meta.url` of the built entry
 */
export function raisePriorityOfThread(builtEntryUrl: string): void {
  loadNativeOf(builtEntryUrl)?.raiseThreadPriority();
}
