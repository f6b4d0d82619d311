// Whether a folder is that of a session, before something is written into it. Main thread.
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { sessionFileName } from '../../common/journal/session-documents.ts';

/** Notes and tags are written into a session's folder only. */
export async function refuseIfNoSession(folder: string) {
  const isSession = await access(join(folder, sessionFileName)).then(
    () => true,
    () => false,
  );
  if (isSession) return undefined;
  const what = `${folder} is not the folder of a session`;
  return { refusal: { code: 'not-found' as const, what, cure: 'Open it from the list of sessions.' } };
}
