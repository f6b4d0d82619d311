// Where this computer's installation keeps what belongs to no session: settings, trusted keys, audit log, dose ledger. Main process; pure.
import { posix, win32 } from 'node:path';

/** Environment variable that names another folder. */
export const stationFolderVariable = 'EXOCORTEX_STATION';

/**
 * @param platform of Node: 'win32', 'darwin', 'linux' …
 * @param home the user's home folder.
 */
export function stationFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string,
): string {
  const named = environment[stationFolderVariable];
  if (named !== undefined && named !== '') return named;
  switch (platform) {
    case 'win32':
      return win32.join(
        environment['PROGRAMDATA'] || environment['LOCALAPPDATA'] || win32.join(home, 'AppData', 'Local'),
        'Exocortex',
      );
    case 'darwin':
      return posix.join(home, 'Library', 'Application Support', 'Exocortex');
    default:
      return posix.join(environment['XDG_STATE_HOME'] || posix.join(home, '.local', 'state'), 'exocortex');
  }
}
