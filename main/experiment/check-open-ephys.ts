// Checks an experiment that records from the Open Ephys GUI: what can be taken over ZeroMQ, and that nothing is closed over it; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import { openEphysCapacityValuesPerSecond } from '../../common/experiment/open-ephys-source.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';

export function checkOpenEphys({ value, tree }: FileContent<Experiment>, problems: ProblemList): void {
  const { source } = value;
  if (source?.kind !== 'open-ephys') return;
  const { channels, sampleRateHz } = source;
  if (channels !== undefined && sampleRateHz !== undefined) {
    const most = Math.floor(openEphysCapacityValuesPerSecond / sampleRateHz);
    if (channels > most)
      problems.error(
        tree.placeAt(['source', 'channels']),
        `${channels} channels at ${sampleRateHz} Hz are more than can be taken over ZeroMQ`,
        `Choose up to ${most} channels, here and in the ZMQ Interface`,
      );
  }
  for (const [index, phase] of (value.phases ?? []).entries())
    if (phase?.stimulation === true)
      problems.error(
        tree.placeAt(['phases', index, 'stimulation']),
        'This phase stimulates, but the Open Ephys GUI cannot be used in a loop: its samples are 10 to 30 ms old and more, and it only records here',
        'Write stimulation: false',
      );
  if ((value.stimuli ?? []).length > 0)
    problems.error(
      tree.placeAtKey(['stimuli']),
      'Stimuli are named, but nothing is connected that may give them: the Open Ephys GUI only records here',
      'Write stimuli: []',
    );
}
