// The form of a command on limit files. Main process of the plain-Node shell.
import type { ShellSetting } from '../../shell-setting.ts';

/** Where a command speaks. */
export type LimitsShell = Pick<ShellSetting, 'print' | 'printError'>;

export interface LimitsOptions {
  /** Folder with trusted keys and versions seen. */
  stationFolder: string;
  now: Date;
}

/** @param args what stands behind the command's name. @returns the exit code. @throws RangeError or TypeError for a wrong command line. */
export type LimitsCommand = (shell: LimitsShell, args: string[], options: LimitsOptions) => Promise<number>;
