// Studies of learning rules for the imitated core, with invented results. Page's development only.
import type { CommandRefusal, CoreNotice } from '../../common/contract/commands.ts';
import { type StudyEntry, type StudyReading, studyTaskName } from '../../common/contract/studies.ts';
import type { LocalityClass } from '../../common/learning-rule/locality.ts';
import type { RuleResult, Spread, StudyResults } from '../../common/rule-study/study-results.ts';
import type { CommandHandlers } from '../../common/transport/rpc.ts';

const folder = '/home/lab/Exocortex/studies';
const presentations = 3000;
const hiddenLayers = 2;

const rules: [label: string, locality: LocalityClass, loss: number, angle: number, words: number][] = [
  ['backpropagation', 'L5', 0.021, 0, 0],
  ['feedback-alignment', 'L3', 0.034, 38, 1],
  ['direct-feedback-alignment', 'L3', 0.039, 44, 1],
  ['kolen-pollack', 'L3', 0.023, 9, 1],
  ['readout-only', 'L0', 0.19, NaN, 0],
];

const spread = (mean: number, share = 0.08): Spread =>
  Number.isFinite(mean) ? { mean, standardError: share * Math.abs(mean) } : { mean: null, standardError: null };

function result([label, locality, loss, angle, words]: (typeof rules)[number]): RuleResult {
  const curve = Array.from({ length: 21 }, (_, step) => {
    const rest = Math.exp(-step / 4);
    const now = spread(loss + (0.5 - loss) * rest);
    const ofLayer = (layer: number) => spread(layer === hiddenLayers ? 0 : angle + (90 - angle) * rest, 0.04);
    const anglesDegrees = Array.from({ length: hiddenLayers + 1 }, (_, layer) => ofLayer(layer));
    return { presentations: (step * presentations) / 20, loss: now, score: now, anglesDegrees };
  });
  return {
    label,
    rule: label,
    title: label,
    locality,
    parameters: { learningRate: 0.03 },
    wordsPerSynapse: words,
    synapses: 1400,
    seeds: 6,
    diverged: label === 'direct-feedback-alignment' ? 1 : 0,
    scores: [loss],
    score: spread(loss),
    interval: [loss * 0.8, loss * 1.2],
    curve,
    sensitivity: [0.5, 2].map((factor) => ({
      parameter: 'learningRate',
      factor,
      value: 0.03 * factor,
      seeds: 3,
      diverged: 0,
      score: spread(loss * (factor === 2 ? 0.9 : 1.3)),
    })),
    published: label === 'feedback-alignment' ? [{ value: 0.03, source: 'Lillicrap et al. 2016, Fig. 2' }] : [],
  };
}

const results: StudyResults = {
  format: 'exocortex-rule-study-results/1',
  title: 'Teacher and student',
  description: 'How near rules come to backpropagation.',
  study: 'f'.repeat(64),
  task: { kind: 'teacher-student', inputs: 20, teacherNeurons: 30, outputs: 4 },
  layers: [20, 30, 20, 4],
  presentations,
  batchSamples: 20,
  score: { label: 'Loss', unit: '', better: 'lower' },
  reference: 'backpropagation',
  rules: rules.map(result),
  gates: [
    {
      gate: { kind: 'times-reference', rule: 'feedback-alignment', atMost: 2 },
      words: 'loss of feedback-alignment at most 2 times that of backpropagation',
      measured: 1.62,
      isMet: true,
    },
    {
      gate: { kind: 'angle-at-most', rule: 'direct-feedback-alignment', layer: 1, degrees: 40 },
      words: 'angle of direct-feedback-alignment to the gradient in layer 1 at most 40°',
      measured: 44.2,
      isMet: false,
    },
  ],
};

const entry = (name: string, title: string, more: Partial<StudyEntry> = {}): StudyEntry => ({
  file: `/opt/exocortex/experiments/rule-studies/${name}.yaml`,
  name,
  title,
  description: 'Whether errors reach a hidden layer at all.',
  isShipped: true,
  task: 'teacher-student',
  rules: rules.slice(0, -1).map(([label]) => ({ rule: label, label })),
  seeds: 6,
  eligible: rules.slice(0, -1).map(([label]) => label),
  problems: [],
  folder: `${folder}/${name}`,
  progress: 'untouched',
  hasResults: false,
  isRunning: false,
  ...more,
});

type Names = 'studies.list' | 'studies.start' | 'studies.cancel' | 'studies.results' | 'studies.create';
const refuse = (what: string): { refusal: CommandRefusal } => ({
  refusal: { code: 'not-found', what, cure: 'Choose another one.' },
});

/** @param notify tells the page; @param stepMs time of a tenth of a study */
export function fakeStudies(notify: (notice: CoreNotice) => void, stepMs = 500): Pick<CommandHandlers, Names> {
  const studies = [
    entry('teacher-student', 'Teacher and student', { progress: 'done', hasResults: true }),
    entry('parity', 'XOR', { progress: 'begun' }),
    entry('spirals', 'Two spirals'),
    entry('draft', 'draft', {
      file: `${folder}/draft.yaml`,
      isShipped: false,
      task: '',
      rules: [],
      problems: [
        {
          severity: 'error',
          file: `${folder}/draft.yaml`,
          line: 11,
          column: 17,
          what: 'There is no learning rule called backprop',
          cure: 'Write backpropagation',
        },
      ],
    }),
  ];
  const find = (file: string) => studies.find((study) => study.file === file);

  async function run(study: StudyEntry): Promise<void> {
    const task = {
      notice: 'task',
      task: studyTaskName(study.folder),
      title: `Study “${study.title}”`,
    } as const;
    for (let step = 0; step < 10 && study.isRunning; step++) {
      const secondsLeft = ((10 - step) * stepMs) / 1000;
      notify({ ...task, state: 'running', fraction: step / 10, what: `${3 * step} of 30 units`, secondsLeft });
      await new Promise((resolve) => setTimeout(resolve, stepMs));
    }
    const isWhole = study.isRunning;
    Object.assign(study, { isRunning: false, progress: isWhole ? 'done' : 'begun', hasResults: isWhole });
    notify({ ...task, state: isWhole ? 'done' : 'stopped', fraction: 1, result: `${study.folder}/report.html` });
  }

  return {
    'studies.list': () => ({ answer: { folder, studies: studies.map((study) => ({ ...study })) } }),
    'studies.start': ({ file }) => {
      const study = find(file);
      if (study === undefined) return refuse('there is no such study');
      study.isRunning = true;
      void run(study);
      return { answer: { folder: study.folder } };
    },
    'studies.cancel': ({ file }) => {
      const study = find(file);
      if (study === undefined) return refuse('there is no such study');
      study.isRunning = false;
      return { answer: { done: true } };
    },
    'studies.results': ({ file }) => {
      const study = find(file);
      if (study?.hasResults !== true) return refuse('there are no results');
      const files = ['report.html', 'learning-curves.svg', 'results.json', 'table.csv', 'timing.json'];
      const reading: StudyReading = {
        folder: study.folder,
        files: files.map((name) => `${study.folder}/${name}`),
        results: { ...results, title: study.title },
        nanosecondsPerSynapse: Object.fromEntries(rules.map(([label], index) => [label, 1.3 + 0.4 * index])),
      };
      return { answer: reading };
    },
    'studies.create': ({ from, name, title, seeds, rules: chosen }) => {
      const base = find(from);
      if (base === undefined) return refuse('there is no such study');
      const file = `${folder}/${name}.yaml`;
      studies.push({
        ...entry(name, title, { file, isShipped: false, seeds }),
        rules: chosen.map((rule) => ({ rule, label: rule })),
      });
      return { answer: { file } };
    },
  };
}
