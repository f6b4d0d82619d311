// Checks stimuli that are prepared and given by hand: one for each electrode, and nothing but a hand that asks for them; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import type { Reached } from './check-stimulated-electrodes.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';

export function checkHandStimuli(
  { value, tree }: FileContent<Experiment>,
  electrodes: Reached,
  problems: ProblemList,
): void {
  const { stimuli = [], phases = [] } = value;
  for (const [index, phase] of phases.entries())
    if (phase?.stimulation === true)
      problems.error(
        tree.placeAt(['phases', index, 'stimulation']),
        'This phase stimulates by itself, but prepared stimuli are given by hand only: the stimulator has no lease, and its triggers have no bound to their delay',
        'Write stimulation: false; the operator gives pulses in every phase',
      );
  if (stimuli.length === 0)
    problems.error(
      tree.placeAtKey(['stimulator']),
      'There is nothing to prepare: no stimulus is named',
      'Name one under stimuli for each electrode, or remove stimulator',
    );
  const seen = new Set<number>();
  for (const [index, stimulus] of stimuli.entries()) {
    const electrode = stimulus?.electrode;
    if (electrode === undefined) continue;
    if (seen.has(electrode))
      problems.error(
        tree.placeAt(['stimuli', index, 'electrode']),
        `Electrode ${electrode} has a stimulus already: the stimulator holds one for each`,
        electrodes.length > seen.size ? 'Choose another electrode' : 'Remove one of them',
      );
    seen.add(electrode);
  }
}
