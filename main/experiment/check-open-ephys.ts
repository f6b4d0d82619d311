// Checks an experiment that records from the Open Ephys GUI: what can be taken over ZeroMQ, and that nothing is closed over it; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import { openEphysCapacityValuesPerSecond } from '../../common/experiment/open-ephys-source.ts';
import { checkNothingStimulates } from './check-nothing-stimulates.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';

export function checkOpenEphys(experiment: FileContent<Experiment>, problems: ProblemList): void {
  const { tree } = experiment;
  const { source } = experiment.value;
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
  const whyNot =
    'the Open Ephys GUI cannot be used in a loop: its samples are 10 to 30 ms old and more, and it only records here';
  // What is written beside it is checked by itself.
  if (experiment.value.stimulator === undefined)
    checkNothingStimulates(experiment, { whyNot, name: 'the Open Ephys GUI' }, problems);
}
