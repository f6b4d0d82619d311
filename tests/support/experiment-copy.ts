// Copies of shipped experiments, with what a test needs different in them.
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './run-exocortex.ts';

/** Parts of a text by what is put in their place. */
export type Changes = Readonly<Record<string, string>>;

/** @throws when the text has no such part: a change that changes nothing is a mistake of the test */
export function withChanges(text: string, changes: Changes): string {
  return Object.entries(changes).reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`the file does not say '${from}'`);
    return changed.replace(from, to);
  }, text);
}

/** Stimulates almost at once: whoever connects as an operator does has waited for the estimate of the noise already. */
export const shortBaseline: Changes = {
  'seconds: 3\n    stimulation: false': 'seconds: 0.2\n    stimulation: false',
};

/** Copies a shipped experiment. @param change e.g. its port @returns the path of the copy */
export async function copyExperiment(name: string, folder: string, change: (text: string) => string): Promise<string> {
  await cp(join(root, 'experiments', name), folder, { recursive: true });
  const file = join(folder, 'experiment.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, change(text).replace('../../resources', join(root, 'resources')));
  return file;
}
