// Whether this user may open a device file, and what to do where not. Main process.
import { access, constants } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { DeviceProblem } from '../../common/contract/devices.ts';

/** @returns whether the file may be read and written by this user; paths that are no files are not judged, and pass. */
export type MayOpen = (path: string) => Promise<boolean>;

export const mayOpen: MayOpen = async (path) => {
  // Elsewhere a path is a name of the system's own, and rights are given in another way.
  if (process.platform !== 'linux' || !isAbsolute(path)) return true;
  return access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'EACCES' && error.code !== 'EPERM',
  );
};

/** @param applicationFolder holds resources/ */
export function noRight(path: string, applicationFolder: string): DeviceProblem {
  const rules = join(applicationFolder, 'resources', 'udev', '60-exocortex.rules');
  return {
    what: `This user has no right to open ${path}.`,
    toDo: `Copy ${rules} to /etc/udev/rules.d/ as the administrator, run "udevadm control --reload", and plug the device in again.`,
  };
}
