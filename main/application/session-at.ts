// What session a folder is, before something is written into it. Main thread.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandRefusal } from '../../common/contract/commands.ts';
import { sessionFileName } from '../../common/journal/session-documents.ts';

/** Notes, tags and signatures are written into a session's folder only. @returns its UUID */
export async function sessionAt(folder: string): Promise<{ session: string } | { refusal: CommandRefusal }> {
  try {
    const opening = JSON.parse(await readFile(join(folder, sessionFileName), 'utf8')) as { session?: unknown };
    if (typeof opening.session === 'string') return { session: opening.session };
  } catch {
    // Told below: it makes no difference why.
  }
  const what = `${folder} is not the folder of a session`;
  return { refusal: { code: 'not-found', what, cure: 'Open it from the list of sessions.' } };
}
