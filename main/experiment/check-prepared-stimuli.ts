// Checks stimuli that are prepared on the controller that records: one for each electrode, and nothing but a hand that asks for them; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import type { PreparedStimuli } from '../../common/experiment/stimulator.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';

export function checkPreparedStimuli(
  { value, tree }: FileContent<Experiment>,
  { electrodes = [] }: Salvaged<PreparedStimuli>,
  problems: ProblemList,
): void {
  const { source, stimuli = [], phases = [] } = value;
  if (source?.kind !== 'intan-rhx' || source.controller === 'rhd')
    problems.error(
      tree.placeAt(['stimulator', 'kind']),
      'Only an RHS controller holds prepared stimuli',
      'Write controller: rhs where the source is one, or choose a HID rig as the stimulator',
    );
  for (const [index, phase] of phases.entries())
    if (phase?.stimulation === true)
      problems.error(
        tree.placeAt(['phases', index, 'stimulation']),
        'This phase stimulates by itself, but prepared stimuli are given by hand only: the controller has no lease, and its triggers have no bound to their delay',
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
        `Electrode ${electrode} has a stimulus already: the controller holds one for each`,
        electrodes.length > seen.size ? 'Choose another electrode' : 'Remove one of them',
      );
    seen.add(electrode);
  }
}
