// Tags of a session: a chain of lines beside the journal that says who gave and took which tag, and is only added to. Main process.
import { join } from 'node:path';
import { standingTags, type TagLine, tagLines, tagsFileName } from '../../common/journal/session-annotations.ts';
import { addChained, readChained } from './chained-file.ts';

/** @returns the tags that stand, in the order of the alphabet. @throws Error of the file system, but for a file that is not there */
export async function readTags(folder: string): Promise<string[]> {
  return standingTags((await readChained(join(folder, tagsFileName), tagLines)).lines);
}

/** Gives or takes a tag; nothing is written where it stands so already. @returns the tags that stand. @throws Error of the file system */
export async function writeTag(folder: string, line: TagLine): Promise<string[]> {
  const before = await readTags(folder);
  if (before.includes(line.tag) === line.isSet) return before;
  await addChained(join(folder, tagsFileName), tagLines, () => line);
  return readTags(folder);
}
