// What every command of the plain-Node shell works with. Main process.
import type { Platform } from '../../rig/platform.ts';

export interface ShellSetting {
  platform: Platform;
  version: string;
  /** Folder of the built page. */
  pageFolder: string;
  /** One line (or several) to standard output. */
  print(text: string): void;
  printError(text: string): void;
  /** Resolves on Ctrl+C, or when the terminal or the parent ends the program. */
  untilInterrupted(): Promise<void>;
}
