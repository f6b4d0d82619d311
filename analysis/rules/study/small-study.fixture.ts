// A study that takes milliseconds, and a worker that runs its units without a thread, for the tests of studies.
import { type RuleStudy, ruleStudySchema } from '../../../common/rule-study/study.ts';
import type { Worker } from '../crew/crew.ts';
import type { UnitPiece } from './run-study.ts';
import { runUnit } from './run-unit.ts';
import type { UnitFindings } from './study-kind.ts';
import { studyKinds } from './study-kinds.ts';

export const smallStudy = (changes: object = {}): RuleStudy =>
  ruleStudySchema.parse({
    exocortex: 'rule-study/1',
    title: 'XOR < & >',
    description: 'Whether errors reach a hidden layer.',
    task: { kind: 'parity', bits: 2 },
    network: { kind: 'multilayer', hiddenNeurons: [6] },
    presentations: 60,
    batchSamples: 4,
    evaluateEveryPresentations: 20,
    seeds: 3,
    reference: 'backpropagation',
    rules: [
      { rule: 'backpropagation', parameters: { learningRate: 0.2 } },
      { rule: 'feedback-alignment', label: 'random' },
    ],
    sensitivity: { parameters: ['learningRate'], factors: [0.5, 2], seeds: 1 },
    gates: [{ kind: 'score-at-most', rule: 'readout-only', value: 75, source: 'Minsky & Papert 1969' }],
    published: [{ rule: 'random', value: 100, source: 'Somebody 2000' }],
    ...changes,
  });

/** @param onUnit is called before each unit is run */
export const unitWorker = (onUnit: () => Promise<void> | void = () => {}): Worker<UnitPiece, UnitFindings> => ({
  async work({ study, unit }, onProgress) {
    await onUnit();
    return runUnit(study, unit, { kinds: studyKinds, onProgress, now: () => performance.now() });
  },
  dispose: () => {},
});
