// What a schema says against a site's file, as problems with their cures; used by the main process.
import type { z } from 'zod';
import type { SiteProblem } from './site-problem.ts';

/** `electrodeGroups[0].material`; '' for the whole file. */
function pathWords(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}

/** @param cure what to do about a value that is wrong. */
export function schemaProblems(error: z.ZodError, cure: string): SiteProblem[] {
  return error.issues.map((issue) => {
    const where = pathWords(issue.path) || 'The site file';
    if (issue.code !== 'unrecognized_keys') {
      return { code: 'malformed', what: `${where}: ${issue.message}`, cure };
    }
    const keys = issue.keys.length === 1 ? 'key' : 'keys';
    const what = `${where} has the unknown ${keys} ${issue.keys.join(', ')}`;
    return { code: 'unknown-key', what, cure: 'Remove what is not known and sign anew' };
  });
}
