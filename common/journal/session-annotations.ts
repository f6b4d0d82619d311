// Notes and tags that are written after a session, in files beside its journal; used in every process but the page.
import { z } from 'zod';
import { signOffVerdicts } from '../contract/review.ts';
import { ChainedLines } from './chained-lines.ts';

export const notesFileName = 'notes.jsonl';
export const tagsFileName = 'tags.jsonl';

export const noteLines = new ChainedLines(
  z.strictObject({
    number: z.int().min(1),
    fromSeconds: z.number(),
    toSeconds: z.number(),
    label: z.string(),
    text: z.string(),
    author: z.string(),
    writtenAt: z.string(),
    withdraws: z.int().exactOptional(),
    signOff: z
      .strictObject({
        verdict: z.enum(signOffVerdicts),
        manifest: z.string(),
        audit: z.strictObject({ seq: z.int(), hash: z.string() }),
      })
      .exactOptional(),
  }),
);

const tagLine = z.strictObject({
  tag: z.string(),
  /** Whether the tag was given or taken away. */
  isSet: z.boolean(),
  author: z.string(),
  /** ISO 8601 with offset. */
  writtenAt: z.string(),
});
export type TagLine = z.infer<typeof tagLine>;
export const tagLines = new ChainedLines(tagLine);

/** Tags that stand, in the order of the alphabet: the newest word on each counts. */
export function standingTags(lines: readonly TagLine[]): string[] {
  const isSet = new Map(lines.map((line) => [line.tag, line.isSet]));
  return [...isSet].flatMap(([tag, holds]) => (holds ? tag : [])).sort();
}
