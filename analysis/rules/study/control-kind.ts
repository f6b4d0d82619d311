// Studies of rules for recurrent networks of rate neurons that control something, a cursor for example; analysis process.
import { bpttSurrogate } from '../../../common/learning-rule/catalogue/bptt-surrogate.ts';
import { exploratoryHebbDelayed } from '../../../common/learning-rule/catalogue/exploratory-hebb-delayed.ts';
import { exploratoryHebbRate } from '../../../common/learning-rule/catalogue/exploratory-hebb-rate.ts';
import { nodePerturbationInTime } from '../../../common/learning-rule/catalogue/node-perturbation-in-time.ts';
import { weightPerturbation } from '../../../common/learning-rule/catalogue/perturbation.ts';
import { readoutOnly } from '../../../common/learning-rule/catalogue/readout-only.ts';
import { reinforceRecurrent } from '../../../common/learning-rule/catalogue/reinforce-recurrent.ts';
import { rflo } from '../../../common/learning-rule/catalogue/rflo.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import type { RuleStudy } from '../../../common/rule-study/study.ts';
import type { ControlTaskDeclaration } from '../../../common/rule-study/task.ts';
import { controlTasks } from '../../../common/rule-study/time-task.ts';
import { activations } from '../deep/activation.ts';
import { type CursorCredit, runCursor } from '../time/cursor-study.ts';
import { standardParameters, type StudyKind, type UnitFindings, type UnitRun } from './study-kind.ts';

const credits: readonly (readonly [RuleDeclaration, CursorCredit])[] = [
  [bpttSurrogate, 'bptt'],
  [rflo, 'rflo'],
  [reinforceRecurrent, 'reinforce'],
  [nodePerturbationInTime, 'node-perturbation'],
  [exploratoryHebbRate, 'exploratory-hebb'],
  [exploratoryHebbDelayed, 'exploratory-hebb-delayed'],
  [weightPerturbation, 'weight-perturbation'],
];

/** A presentation is one trial; the time constant of the neurons is the network’s, 10 ms, whatever a rule declares. The control is the interface that adapts: its decoder learns, the network stays. */
export const controlKind: StudyKind = {
  tasks: controlTasks.map(({ shape }) => shape.kind.value),
  rules: credits.map(([rule]) => rule),
  control: readoutOnly,
  parametersOf(rule) {
    const { timeConstantMilliseconds: _, ...read } = standardParameters(rule);
    return read;
  },
  scoreOf: () => ({ label: 'Targets hit', unit: '%', better: 'higher' }),
  layersOf: (study) => [taskOf(study).targets, study.network.hiddenNeurons[0]!, 2],
  run,
};

function taskOf({ task }: RuleStudy): ControlTaskDeclaration {
  if (task.kind !== 'cursor') throw new RangeError(`'${task.kind}' is no task of control`);
  return task;
}

function run({ study, unit, rule, parameters, settings, onProgress, now }: UnitRun): UnitFindings {
  const startedMs = now();
  const { targets, pretrainingTrials, decoderOverlap, hitRadius } = taskOf(study);
  const trials = study.presentations;
  const { points, learningMs, synapses } = runCursor(
    {
      credit: credits.find(([{ name }]) => name === rule)?.[1] ?? 'readout-only',
      feedback: settings.feedback ?? 'symmetric',
      baseline: settings.rewardBaseline ?? 'running-mean',
      learningRate: parameters['learningRate']!,
      noiseDeviation: parameters['noiseDeviation'],
      meanTimeConstantMilliseconds: parameters['meanTimeConstantMilliseconds'],
      neurons: study.network.hiddenNeurons[0]!,
      activation: activations[study.network.activation],
      seed: unit.seed,
      targets,
      pretrainingTrials,
      decoderOverlap,
      hitRadius,
      trials,
      testEvery: study.evaluateEveryPresentations,
    },
    (done) => onProgress(done / trials),
    now,
  );
  const curve = points.map(({ trials: presentations, hits, squaredDistance, anglesDegrees }) => ({
    presentations,
    loss: squaredDistance / 2,
    score: 100 * hits,
    anglesDegrees: [...anglesDegrees],
  }));
  return {
    curve,
    score: curve.at(-1)!.score,
    synapses,
    measured: {
      nanosecondsPerSynapse: (1e6 * learningMs) / Math.max(1, curve.at(-1)!.presentations) / synapses,
      seconds: (now() - startedMs) / 1000,
    },
  };
}
