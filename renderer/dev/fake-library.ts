// Experiments and sessions for the imitated core. Page's development only.
import type { CommandRefusal, Diagnostic, ExperimentDetails, ExperimentEntry } from '../../common/contract/commands.ts';
import type { SavedPopulations } from '../../common/contract/saved-populations.ts';
import type { SessionEntry } from '../../common/contract/sessions.ts';

const problem: Diagnostic = {
  severity: 'error',
  file: '/home/lab/experiments/own/experiment.yaml',
  line: 31,
  column: 7,
  what: 'stimulus "probe" asks for electrode 70, the source has electrodes 0 to 63',
  cure: 'Write an electrode from 0 to 63.',
};

export const experiments: ExperimentEntry[] = [
  {
    file: '/opt/exocortex/experiments/closed-loop-virtual/experiment.yaml',
    name: 'closed-loop-virtual',
    title: 'Closed loop on virtual tissue',
    description: 'Spikes of the virtual tissue drive a plastic population; its readout stimulates two electrodes.',
    sourceKind: 'virtual',
    problems: [],
  },
  {
    file: '/opt/exocortex/experiments/closed-loop-replay/experiment.yaml',
    name: 'closed-loop-replay',
    title: 'Closed loop on a replayed recording',
    description: 'Barrel cortex of an awake mouse, 16 channels, played as if it came from hardware.',
    sourceKind: 'replay',
    problems: [],
  },
  {
    file: '/home/lab/experiments/own/experiment.yaml',
    name: 'own',
    title: 'Own experiment',
    description: 'A draft.',
    sourceKind: 'virtual',
    problems: [problem],
  },
];

export function experimentDetails(file: string): { answer: ExperimentDetails } | { refusal: CommandRefusal } {
  const entry = experiments.find((known) => known.file === file);
  if (entry === undefined || entry.problems.length > 0)
    return {
      refusal: {
        code: 'invalid',
        what: 'The experiment has one problem.',
        cure: 'Mend the file, then check again.',
        diagnostics: [problem],
      },
    };
  const row = (group: string, label: string, value: string, unit: string, range: string) => ({
    group,
    label,
    value,
    unit,
    range,
  });
  return {
    answer: {
      ...entry,
      parameters: [
        row('Source', 'Electrodes', '64', '', '1 to 1,024'),
        row('Source', 'Sample rate', '30000', 'Hz', '1,000 to 50,000'),
        row('Detection', 'Band from', '300', 'Hz', '1 to 20,000'),
        row('Detection', 'Band to', '6000', 'Hz', '2 to 24,000'),
        row('Detection', 'Threshold', '4.5', 'σ', '2 to 20'),
        row('Detection', 'Refractory time', '1', 'ms', '0 to 20'),
      ],
      stimuli: [
        {
          name: 'left',
          electrode: 17,
          words: 'electrode 17: 4 µA for 200 µs each phase, cathodic first, no gap, 0.8 nC per phase',
          limitUse: [
            { limit: 'amplitude', value: 4, bound: 20, unit: 'µA' },
            { limit: 'charge per phase', value: 0.8, bound: 3, unit: 'nC' },
          ],
        },
        {
          name: 'right',
          electrode: 46,
          words: 'electrode 46: 6.15 µA for 200 µs each phase, cathodic first, no gap, 1.23 nC per phase',
          limitUse: [
            { limit: 'amplitude', value: 6.15, bound: 20, unit: 'µA' },
            { limit: 'charge per phase', value: 2.6, bound: 3, unit: 'nC' },
          ],
        },
      ],
      phases: [
        { name: 'baseline', seconds: 60, stimulation: false },
        { name: 'closed loop', seconds: 900, stimulation: true },
        { name: 'wash-out', seconds: 240, stimulation: false },
      ],
    },
  };
}

const session = (name: string, state: SessionEntry['state'], rest: Partial<SessionEntry> = {}): SessionEntry => ({
  folder: `/home/lab/Exocortex/sessions/${name}`,
  session: name,
  experiment: 'Closed loop on virtual tissue',
  startedAt: '2026-11-21T14:02:11Z',
  state,
  seconds: 761,
  deliveries: 1187,
  spikes: 40_211,
  trips: state === 'tripped' ? 1 : 0,
  operator: 'Curie, Marie',
  subject: 'culture-7',
  rules: ['pair-stdp'],
  tags: ['figure 3'],
  nwb: `/home/lab/Exocortex/sessions/${name}/${name}.nwb`,
  ...rest,
});
export const sessions: SessionEntry[] = [
  session('20261121-140211-closed-loop-virtual', 'complete'),
  session('20261121-131005-closed-loop-virtual', 'tripped', { seconds: 92, deliveries: 140 }),
  {
    folder: '/home/lab/Exocortex/sessions/20261120-090102-closed-loop-replay',
    session: '20261120-090102-closed-loop-replay',
    experiment: 'Closed loop on a replayed recording',
    startedAt: '2026-11-20T09:01:02Z',
    state: 'unfinished',
    seconds: 18,
    deliveries: 12,
    spikes: 902,
    trips: 0,
    operator: 'Curie, Marie',
    rules: [],
    tags: [],
  },
];

export const savedPopulations: SavedPopulations = {
  states: sessions.slice(0, 2).map(({ folder, startedAt }, index) => ({
    file: `${folder}/population-end.state`,
    session: folder.split('/').at(-1) ?? '',
    savedAt: startedAt,
    populationMilliseconds: 600_000 * (index + 1),
    bytes: 412_672,
  })),
  ofOtherNetworks: 1,
};
