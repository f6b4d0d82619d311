// The plain-Node shell's Platform: programs are child processes. Main process.
import { join } from 'node:path';
import type { Platform } from '../../rig/platform.ts';
import { startChildProgram } from '../start-child-program.ts';

/**
 * @param programsFolder where the built threads and programs are. @param applicationFolder holds experiments/, resources/ and native/.
 * @param stationFolder of this computer's installation.
 */
export function nodePlatform(programsFolder: string, applicationFolder: string, stationFolder: string): Platform {
  return {
    shell: 'node',
    programsFolder,
    applicationFolder,
    stationFolder,
    startProgram: (name, args, environment = {}) =>
      startChildProgram(join(programsFolder, `${name}.js`), args, environment),
    preventSleep: () => ({
      unsupported: 'Plain Node cannot keep this computer awake: switch its sleep off before a long recording.',
    }),
  };
}
