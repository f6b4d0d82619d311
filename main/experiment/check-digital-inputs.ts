// Checks the digital inputs that are to be recorded: each line and name once, and a source that has such inputs; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import { checkNamesDiffer, type FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';

export function checkDigitalInputs({ value, tree }: FileContent<Experiment>, problems: ProblemList): void {
  const { digitalInputs = [], source, stimulator } = value;
  checkNamesDiffer(digitalInputs, 'digital input', (index) => tree.placeAt(['digitalInputs', index, 'name']), problems);
  if (digitalInputs.length > 0 && (source?.kind === 'virtual' || source?.kind === 'replay'))
    problems.error(
      tree.placeAtKey(['digitalInputs']),
      `A source of kind ${source.kind} has no digital inputs`,
      'Remove digitalInputs',
    );
  const [wire, sees] = watchedInput(stimulator);
  const watched = /^DIGITAL-IN-(\d\d)$/.exec(wire?.channel ?? '')?.[1];
  const seen = new Set<number>();
  for (const [index, input] of digitalInputs.entries()) {
    const line = input?.line;
    if (line === undefined) continue;
    const place = tree.placeAt(['digitalInputs', index, 'line']);
    if (seen.has(line)) problems.error(place, `Line ${line} is named twice`, 'Name each line once');
    if (line === Number(watched))
      problems.error(place, `Line ${line} sees the ${sees} of the stimulator`, 'Wire one of them to another input');
    seen.add(line);
  }
}

/** The input that watches the stimulator, and what it sees. */
function watchedInput(
  stimulator: FileContent<Experiment>['value']['stimulator'],
): [wire: { channel?: string | undefined } | undefined, sees: string] {
  if (stimulator?.kind === 'hid-rig') return [stimulator.sync, 'sync pulses'];
  const isSerial = stimulator?.kind === 'pulse-pal-2' || stimulator?.kind === 'stimjim';
  return [isSerial ? stimulator.marker : undefined, 'pulses'];
}
