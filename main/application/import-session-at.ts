// Takes a session's folder into the library, for the pages and for the command line. Main thread.
import type { CommandRefusal } from '../../common/contract/commands.ts';
import { importSession, sessionFolderOf } from '../library/import-session.ts';

/** @returns undefined when the path is no session. Never rejects */
export async function importSessionAt(
  path: string,
  sessionsFolder: string,
  onProgress: (fraction: number) => void,
): Promise<{ folder: string } | { refusal: CommandRefusal } | undefined> {
  try {
    const from = await sessionFolderOf(path);
    if (from === undefined) return undefined;
    const imported = await importSession(from, sessionsFolder, onProgress);
    return 'folder' in imported ? imported : { refusal: { code: 'invalid', ...imported } };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const cure = 'Look whether there is room on the disk, and whether this user may write there; then import it again.';
    return { refusal: { code: 'failed', what: `${path} was not imported: ${why}`, cure } };
  }
}
