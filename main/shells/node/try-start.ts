// Starts the application for a command, or says in words why it cannot be started. Main process of the plain-Node shell.
import { type Application, startApplication } from '../../application/application.ts';
import { StationInUse } from '../../application/station-lock.ts';
import type { ShellSetting } from './shell-setting.ts';

/** @returns undefined when it cannot be started, which has been said then. */
export function tryStart(
  { platform, version, printError }: ShellSetting,
  sessionsFolder: string,
): Application | undefined {
  try {
    return startApplication({ platform, version, sessionsFolder });
  } catch (error) {
    if (!(error instanceof StationInUse)) throw error;
    printError(error.message);
    return undefined;
  }
}
