// Writes a JSON file so that it is either whole or not there; analysis process.
import { writeTextFile } from './write-text-file.ts';

/** Replaces `file`. @throws AnalysisFailure when it cannot be written; what was there before is then unchanged. */
export function writeJsonFile(file: string, value: unknown): Promise<void> {
  return writeTextFile(file, `${JSON.stringify(value, undefined, 2)}\n`);
}
