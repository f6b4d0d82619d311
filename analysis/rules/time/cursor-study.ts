// How a network that moves a cursor learns a new decoder: by what it is told of errors, or of reward alone; analysis process.
import { readoutOnly } from '../../../common/learning-rule/catalogue/readout-only.ts';
import { applyRule } from '../../../common/learning-rule/apply-rule.ts';
import { parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import type { FeedbackKind, RewardBaseline } from '../../../common/rule-study/rule-settings.ts';
import { Matrix } from '../base/matrix.ts';
import { Random } from '../base/random.ts';
import { mean } from '../base/vectors.ts';
import type { Activation } from '../deep/activation.ts';
import { angleToGradient } from '../base/angle-to-gradient.ts';
import { changedDecoder, cursor, cursorSettings } from '../tasks/cursor.ts';
import type { InteractiveTask } from '../tasks/temporal-task.ts';
import { createFeedback } from './feedback.ts';
import {
  addRecurrent,
  learnByReward,
  learnByRflo,
  learnByStepReward,
  learnByTrialReward,
  learnByVariation,
  noMeanReward,
  type PlayedTrial,
  playTrial,
  runningMeanReward,
  type TrialLearning,
  withVariation,
} from './interactive-trial.ts';
import { exploratoryHebb, exploratoryHebbDelayed, nodePerturbation, recurrentReinforce } from './perturbation.ts';
import { bpttRateChange } from './rate-gradient.ts';
import { RateNetwork, type RateNoise } from './rate-network.ts';
import { weightNoise } from './spiking-perturbation.ts';

export type CursorCredit =
  | 'bptt'
  | 'rflo'
  | 'reinforce'
  | 'node-perturbation'
  | 'exploratory-hebb'
  | 'exploratory-hebb-delayed'
  | 'weight-perturbation'
  | 'readout-only';

export interface CursorStudy {
  readonly credit: CursorCredit;
  readonly feedback: FeedbackKind;
  readonly baseline: RewardBaseline;
  readonly learningRate: number;
  /** Of the noise of neurons, while learning and in tests; left out: that of pretraining. Of weight perturbation that of the weights. */
  readonly noiseDeviation?: number | undefined;
  /** Of the running mean of rates that exploratory Hebb reads. */
  readonly meanTimeConstantMilliseconds?: number | undefined;
  readonly neurons: number;
  readonly activation: Activation;
  readonly seed: number;
  readonly targets: number;
  readonly pretrainingTrials: number;
  readonly decoderOverlap: number;
  readonly hitRadius: number;
  readonly trials: number;
  readonly testEvery: number;
}

export interface CursorPoint {
  readonly trials: number;
  /** Part of test trials that end near their target. */
  readonly hits: number;
  /** Squared distance from the target, mean over the steps of test trials. */
  readonly squaredDistance: number;
  readonly anglesDegrees: readonly (number | null)[];
}

/** Portes, Schmid & Murray 2022: 50 neurons, noise in their rates, and learning of the synapses between them. */
const deviation = 0.25;
const gain = 1.5;
/** With a change of 0.1 per step of 20, as there; here changes are means over steps. */
const pretrainingRate = 0.1;
const testTrials = 40;

const streams = { network: 0, decoder: 1, feedback: 3, trials: 4, pretraining: 5, tests: 6 } as const;

/** @returns tests before learning, at every `testEvery` trials and at the end; and the time that learning took, in ms by `now`. */
export function runCursor(study: CursorStudy, onTest: (trials: number) => void, now: () => number) {
  const { seed, trials, testEvery } = study;
  const task = cursor({ ...cursorSettings, targets: study.targets });
  const network = pretrained(study, task);
  const learning = learningOf(study, network, new Random(seed, streams.feedback));
  const random = new Random(seed, streams.trials);
  const points = [testCursor(study, network, task, 0, learning)];
  let learningMs = 0;
  for (let trial = 1; trial <= trials; trial++) {
    const beganMs = now();
    learning.after(play(study, network, task, random, learning.place));
    learningMs += now() - beganMs;
    if (trial % testEvery !== 0 && trial !== trials) continue;
    points.push(testCursor(study, network, task, trial, learning));
    // Nothing comes back from there.
    if (!Number.isFinite(points.at(-1)!.squaredDistance)) break;
    onTest(trial);
  }
  return { points, learningMs, synapses: network.synapses.values.length + network.readout.values.length };
}

const noiseOf = ({ noiseDeviation = deviation }: CursorStudy) => noiseDeviation;

/** Weight perturbation varies the weights between neurons for each trial; the noise of neurons is not its own. */
function play(study: CursorStudy, network: RateNetwork, task: InteractiveTask, random: Random, place: keyof RateNoise) {
  const { steps } = cursorSettings;
  if (study.credit !== 'weight-perturbation')
    return playTrial(network, task.begin(random), noiseOf(study), random, steps, place);
  const { rows, columns } = network.synapses;
  const { inputs } = network.settings;
  const variation = new Matrix(rows, columns).map((_, index) => (index % columns < inputs ? 0 : random.normal()));
  const varied = withVariation(network, weightNoise, noiseOf(study), variation);
  return { ...playTrial(varied, task.begin(random), deviation, random, steps, place), variation };
}

/** What a unit's learner is: where its noise enters, what it does after a trial, and what it would do to the synapses. */
interface CursorLearning {
  readonly place: keyof RateNoise;
  after(trial: PlayedTrial): void;
  /** A learner of the same kind that has seen no rewards yet: tests must not be learned from. Undefined where only the decoder changes. */
  readonly fresh: (() => TrialLearning) | undefined;
}

/** A network that has learned the first decoder, with the second one in its place. */
function pretrained(
  { seed, neurons, activation, pretrainingTrials, decoderOverlap }: CursorStudy,
  task: InteractiveTask,
) {
  const { inputs, outputs } = task;
  const settings = { inputs, outputs, neurons, dtMilliseconds: 1, timeConstantMilliseconds: 10, activation };
  const network = RateNetwork.random(settings, gain, new Random(seed, streams.network));
  const random = new Random(seed, streams.pretraining);
  const learn = learnByRflo(network.readout);
  for (let trial = 0; trial < pretrainingTrials; trial++) {
    const played = playTrial(network, task.begin(random), deviation, random, cursorSettings.steps);
    addRecurrent(network, learn(network, played), pretrainingRate);
  }
  const decoder = changedDecoder(network.readout, decoderOverlap, new Random(seed, streams.decoder));
  return new RateNetwork(settings, network.synapses, decoder);
}

function learningOf(study: CursorStudy, network: RateNetwork, random: Random): CursorLearning {
  const { credit, learningRate } = study;
  if (credit === 'readout-only')
    return { place: 'inRate', fresh: undefined, after: (trial) => recalibrate(network, trial, learningRate) };
  const { weights } = createFeedback(study.feedback, network, random);
  const fresh = () => changeOf(credit, study, weights);
  const change = fresh();
  const place = credit === 'node-perturbation' ? nodePerturbation.place : 'inRate';
  return { place, fresh, after: (trial) => addRecurrent(network, change(network, trial), learningRate) };
}

function changeOf(credit: Exclude<CursorCredit, 'readout-only'>, study: CursorStudy, feedback: Matrix): TrialLearning {
  const meanOf = study.baseline === 'none' ? noMeanReward : runningMeanReward();
  switch (credit) {
    case 'bptt':
      return gradientChange;
    case 'rflo':
      return learnByRflo(feedback);
    case 'reinforce':
      return learnByReward(recurrentReinforce, noiseOf(study), meanOf);
    case 'node-perturbation':
      return learnByTrialReward(nodePerturbation, noiseOf(study), meanOf);
    case 'exploratory-hebb':
      return learnByStepReward(exploratoryHebb, noiseOf(study), meanOf, study.meanTimeConstantMilliseconds);
    case 'exploratory-hebb-delayed':
      return learnByTrialReward(exploratoryHebbDelayed, noiseOf(study), meanOf, study.meanTimeConstantMilliseconds);
    case 'weight-perturbation':
      return learnByVariation(weightNoise, noiseOf(study), meanOf);
  }
}

/** Minus the gradient of half the squared distance, mean over the steps of a trial. */
const gradientChange: TrialLearning = (network, trial) =>
  bpttRateChange(network, trial).scaled(1 / trial.activity.steps);

const parsedReadout = parseRule(readoutOnly);

/** The control: the network stays, and the decoder follows its own error by the declared equation, step by step. */
function recalibrate({ readout }: RateNetwork, { activity, errors }: PlayedTrial, learningRate: number): void {
  const { steps, rates } = activity;
  for (let step = 0; step < steps; step++) {
    const x = rates.subarray(step * readout.columns, (step + 1) * readout.columns);
    for (let output = 0; output < readout.rows; output++) {
      const row = readout.row(output);
      const error = errors[step * readout.rows + output]!;
      const values = { w: row, x, slope: 1, error };
      const { w } = applyRule(parsedReadout, 'step', { learningRate: learningRate / steps }, values, row.length)!;
      row.set(w as Float64Array);
    }
  }
}

/** In trials with noise, which are the same at every test. */
function testCursor(
  study: CursorStudy,
  network: RateNetwork,
  task: InteractiveTask,
  trials: number,
  learning: CursorLearning,
): CursorPoint {
  const random = new Random(study.seed, streams.tests);
  const played = Array.from({ length: testTrials }, () => play(study, network, task, random, learning.place));
  const distances = played.map(({ rewards }) => Math.sqrt(-rewards.at(-1)!));
  return {
    trials,
    hits: mean(distances.map((distance) => Number(distance < study.hitRadius))),
    squaredDistance: mean(played.map(({ rewards }) => -mean(rewards))),
    anglesDegrees: anglesOf(network, played, learning.fresh?.()),
  };
}

/** Of the synapses between neurons, which learn, and of the decoder, which only the control changes: by its gradient. */
function anglesOf(network: RateNetwork, trials: readonly PlayedTrial[], change: TrialLearning | undefined) {
  if (change === undefined) return [null, 0];
  const downhill = recurrentSum(network, trials, gradientChange);
  return [angleToGradient(recurrentSum(network, trials, change), downhill), null];
}

function recurrentSum(network: RateNetwork, trials: readonly PlayedTrial[], change: TrialLearning): Float64Array {
  const { inputs } = network.settings;
  const sum = new Float64Array(network.synapses.values.length);
  for (const trial of trials) {
    const { values, columns } = change(network, trial);
    for (let index = 0; index < sum.length; index++) if (index % columns >= inputs) sum[index]! += values[index]!;
  }
  return sum;
}
