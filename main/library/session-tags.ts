// Tags of a session: a chain of lines beside the journal that says who gave and took which tag, and is only added to. Main process.
import { join } from 'node:path';
import { z } from 'zod';
import { ChainedLines } from './chained-lines.ts';

export const tagsFileName = 'tags.jsonl';

const lineSchema = z.strictObject({
  tag: z.string(),
  /** Whether the tag was given or taken away. */
  isSet: z.boolean(),
  author: z.string(),
  /** ISO 8601 with offset. */
  writtenAt: z.string(),
});
export type TagLine = z.infer<typeof lineSchema>;

const tagsFile = new ChainedLines(lineSchema);

/** The newest word on each tag counts. */
function standing(lines: readonly TagLine[]): string[] {
  const isSet = new Map(lines.map((line) => [line.tag, line.isSet]));
  return [...isSet].flatMap(([tag, holds]) => (holds ? tag : [])).sort();
}

/** @returns the tags that stand, in the order of the alphabet. @throws Error of the file system, but for a file that is not there */
export async function readTags(folder: string): Promise<string[]> {
  return standing((await tagsFile.read(join(folder, tagsFileName))).lines);
}

/** Gives or takes a tag; nothing is written where it stands so already. @returns the tags that stand. @throws Error of the file system */
export async function writeTag(folder: string, line: TagLine): Promise<string[]> {
  const before = await readTags(folder);
  if (before.includes(line.tag) === line.isSet) return before;
  await tagsFile.add(join(folder, tagsFileName), () => line);
  return readTags(folder);
}
