// Checks an experiment that records from an Intan controller: its channels, what RHX can send, and that nothing is closed over it; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import { rhxCapacityWordsPerSecond, rhxElectrodes, type RhxSource } from '../../common/experiment/rhx-source.ts';
import { checkNothingStimulates } from './check-nothing-stimulates.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';

type OfRhx = Salvaged<RhxSource>;

/** RHX is of capability class L1: what it could give, no loop may ask for. */
const whyNot =
  'an Intan controller behind RHX cannot be used in a loop: it has no lease, and its triggers have no bound to their delay';

export function checkRhx(experiment: FileContent<Experiment>, problems: ProblemList): void {
  const { source } = experiment.value;
  if (source?.kind !== 'intan-rhx') return;
  checkChannels(experiment, source, problems);
  checkCapacity(experiment, source, problems);
  // What is written beside it is checked by itself.
  if (experiment.value.stimulator === undefined) checkNothingStimulates(experiment, { whyNot, name: 'RHX' }, problems);
}

function checkChannels({ tree }: FileContent<Experiment>, source: OfRhx, problems: ProblemList): void {
  if ((source.channels ?? []).length === 0 && (source.ports ?? []).length === 0)
    problems.error(
      tree.placeAt(['source']),
      'The experiment names no channel of the controller',
      'Add "channels: [A-000, A-001]", or "ports:" with entries such as "{ port: A, channels: 32 }"',
    );
  const seen = new Set<string>();
  const note = (names: readonly string[], path: readonly (string | number)[]) => {
    const twice = names.find((name) => seen.has(name));
    if (twice !== undefined)
      problems.error(
        tree.placeAt(['source', ...path]),
        `${twice} is named twice`,
        'Each channel is one electrode: name it once, by itself or with its port',
      );
    for (const name of names) seen.add(name);
  };
  for (const [index, channel] of (source.channels ?? []).entries())
    note(rhxElectrodes({ channels: [channel] }), ['channels', index]);
  for (const [index, port] of (source.ports ?? []).entries())
    note(rhxElectrodes({ ports: [port] }), ['ports', index, 'port']);
}

function checkCapacity(experiment: FileContent<Experiment>, source: OfRhx, problems: ProblemList): void {
  const { tree } = experiment;
  const { sampleRateHz } = source;
  // The input of the sync pulses, what is given on prepared electrodes, and the digital inputs are sent beside the electrodes.
  const { stimulator, digitalInputs = [] } = experiment.value;
  const ofStimulator = stimulator?.kind === 'intan-rhs' ? (stimulator.electrodes ?? []).length : 1;
  const words = (stimulator === undefined ? 0 : ofStimulator) + (digitalInputs.length > 0 ? 1 : 0);
  const channels = rhxElectrodes(source).length + words;
  if (sampleRateHz === undefined || channels * sampleRateHz <= rhxCapacityWordsPerSecond) return;
  const most = Math.floor(rhxCapacityWordsPerSecond / sampleRateHz);
  problems.error(
    tree.placeAt(['source', 'sampleRateHz']),
    `${channels} channels at ${sampleRateHz} Hz are more than RHX can send: it would stop after some 40 s, its own recording too`,
    `Choose up to ${most} channels, or start RHX with a lower sample rate`,
  );
}
