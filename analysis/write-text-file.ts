// Writes a text file so that it is either whole or not there; analysis process.
import { open, rename, rm } from 'node:fs/promises';
import { AnalysisFailure } from './failure.ts';

/** Replaces `file`. @throws AnalysisFailure when it cannot be written; what was there before is then unchanged. */
export async function writeTextFile(file: string, text: string): Promise<void> {
  const partial = `${file}.partial`;
  try {
    const handle = await open(partial, 'w');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw new AnalysisFailure(
      `${file} cannot be written: ${String(error)}`,
      'Check the rights of its folder and the free space of the disk.',
      {
        cause: error,
      },
    );
  }
}
