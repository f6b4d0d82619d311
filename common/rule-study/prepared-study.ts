// A study as the command line hands it to the analysis program, in a file of the study's folder.
import { z } from 'zod';
import { ruleStudySchema } from './study.ts';

export const preparedStudyFileName = 'study.json';

export const preparedStudySchema = z.strictObject({
  /** SHA-256 of what decides the study's numbers, in hexadecimal. */
  hash: z.string(),
  study: ruleStudySchema,
});

export type PreparedStudy = z.infer<typeof preparedStudySchema>;
