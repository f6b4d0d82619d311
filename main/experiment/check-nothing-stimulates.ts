// Checks that an experiment whose source only records asks for no stimulation; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';

/** @param whyNot why no loop is closed over it: `… cannot be used in a loop: …` @param name of what only records */
export function checkNothingStimulates(
  { value, tree }: FileContent<Experiment>,
  { whyNot, name }: { whyNot: string; name: string },
  problems: ProblemList,
): void {
  for (const [index, phase] of (value.phases ?? []).entries())
    if (phase?.stimulation === true)
      problems.error(
        tree.placeAt(['phases', index, 'stimulation']),
        `This phase stimulates, but ${whyNot}`,
        'Write stimulation: false',
      );
  if ((value.stimuli ?? []).length > 0)
    problems.error(
      tree.placeAtKey(['stimuli']),
      `Stimuli are named, but nothing is connected that may give them: ${name} only records here`,
      'Write stimuli: []',
    );
}
