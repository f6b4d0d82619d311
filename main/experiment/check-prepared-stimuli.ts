// Checks stimuli that are prepared on the controller that records; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import type { PreparedStimuli } from '../../common/experiment/stimulator.ts';
import { checkHandStimuli } from './check-hand-stimuli.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';

export function checkPreparedStimuli(
  experiment: FileContent<Experiment>,
  { electrodes = [] }: Salvaged<PreparedStimuli>,
  problems: ProblemList,
): void {
  const { source } = experiment.value;
  if (source?.kind !== 'intan-rhx' || source.controller === 'rhd')
    problems.error(
      experiment.tree.placeAt(['stimulator', 'kind']),
      'Only an RHS controller holds prepared stimuli',
      'Write controller: rhs where the source is one, or choose another stimulator',
    );
  checkHandStimuli(experiment, electrodes, problems);
}
