// What networks in time learn with the rules: patterns, evidence over a delay, a cursor; each against a control; analysis process.
import { Random } from '../../base/random.ts';
import { mean } from '../../base/vectors.ts';
import { tanh } from '../../deep/activation.ts';
import { cursor } from '../../tasks/cursor.ts';
import { evidenceTaskSettings } from '../../tasks/evidence-accumulation.ts';
import { runEvidenceAccumulation } from '../../time/evidence-accumulation-study.ts';
import {
  addRecurrent,
  learnByReward,
  learnByRflo,
  playTrial,
  type TrialLearning,
} from '../../time/interactive-trial.ts';
import { runPatternGeneration } from '../../time/pattern-generation-study.ts';
import type { SpikingCredit } from '../../time/spiking-credit.ts';
import { recurrentReinforce } from '../../time/perturbation.ts';
import { RateNetwork } from '../../time/rate-network.ts';
import { type AddGradient, addSurrogateGradient } from '../../time/surrogate-gradient.ts';
import { below, type Measurement, type RuleCheck, ruleCheck } from '../check.ts';

const bellec = 'Bellec, Scherr, Subramoney, Hajek, Salaj, Legenstein & Maass 2020, Nat. Commun. 11:3625';
const add: AddGradient = addSurrogateGradient;
const addUphill: AddGradient = (gradient, network, inputs, activity, errors, options) =>
  add(
    gradient,
    network,
    inputs,
    activity,
    errors.map((error) => -error),
    options,
  );

/** Mean of the last ten squared errors over squared targets, and over two networks. */
const patternError = (credit: SpikingCredit, addGradient: AddGradient) =>
  mean([1, 2].map((seed) => mean(runPatternGeneration({ credit, seed, iterations: 50 }, addGradient).slice(-10))));

function patternOrder(addGradient: AddGradient): Measurement {
  const credits = ['bptt', 'e-prop-symmetric', 'e-prop-random', 'readout-only'] as const;
  const [bptt, symmetric, random, control] = credits.map((credit) => patternError(credit, addGradient)) as [
    number,
    number,
    number,
    number,
  ];
  return {
    value: Math.max(bptt / symmetric, symmetric / random, random / control),
    passes: bptt < symmetric && symmetric < random && random < 0.6 * control,
    note: [bptt, symmetric, random, control].map((each) => each.toFixed(3)).join(', '),
  };
}

/** The task at a tenth of its size: 3 cues in 180 ms, 400 ms of delay, 40 neurons. */
const shortEvidence = (adaptive: number, addGradient: AddGradient): number =>
  runEvidenceAccumulation(
    {
      adaptive,
      neurons: 40,
      seed: 2,
      iterations: 70,
      batch: 16,
      learningRate: 0.01,
      credit: 'e-prop-symmetric',
      testEvery: 1000,
      network: {
        adaptationMilliseconds: 500,
        thresholdJump: (1.7 * (1 - Math.exp(-1 / 500))) / (1 - Math.exp(-1 / 20)),
      },
      task: {
        ...evidenceTaskSettings,
        cues: 3,
        cueMilliseconds: 50,
        spacingMilliseconds: 60,
        delayMilliseconds: 400,
        recallMilliseconds: 60,
      },
    },
    undefined,
    addGradient,
  ).finalError;

interface CursorLearner {
  readonly trials: number;
  readonly learningRate: number;
  learn(network: RateNetwork): TrialLearning;
}

/** Mean squared distance from the target at the end of the last fifth of trials. */
function cursorDistance({ trials, learningRate, learn }: CursorLearner): number {
  const task = cursor();
  const settings = {
    inputs: 4,
    outputs: 2,
    neurons: 50,
    dtMilliseconds: 1,
    timeConstantMilliseconds: 10,
    activation: tanh,
  };
  const network = RateNetwork.random(settings, 1.5, new Random(1));
  const learning = learn(network);
  const random = new Random(1, 4);
  const distances = Array.from({ length: trials }, () => {
    const trial = playTrial(network, task.begin(random), 0.25, random);
    addRecurrent(network, learning(network, trial), learningRate);
    return -trial.rewards.at(-1)!;
  });
  return mean(distances.slice(-trials / 5));
}

const supervised: CursorLearner = { trials: 100, learningRate: 0.5, learn: ({ readout }) => learnByRflo(readout) };
const rewarded: CursorLearner = {
  trials: 500,
  learningRate: 0.5,
  learn: () => learnByReward(recurrentReinforce, 0.25),
};

export const behaviourChecks: readonly RuleCheck[] = [
  ruleCheck({
    id: 'pattern-generation-order',
    rules: ['bptt-surrogate', 'e-prop-lif'],
    title:
      'On patterns backpropagation through time is ahead of symmetric e-prop, that of random, and that of a frozen network',
    source: `${bellec}, fig. 2`,
    gate: 'normalised squared errors in this order, random < 0.6 of the frozen network; mean of 2 networks, 50 presentations',
    subject: add,
    mutants: {
      'no error through the network': (gradient, network, inputs, activity, errors, options) =>
        add(gradient, network, inputs, activity, errors, { ...options, throughRecurrence: false, throughReset: false }),
      'no feedback of its own': (gradient, network, inputs, activity, errors, options) =>
        add(gradient, network, inputs, activity, errors, { ...options, feedback: network.readout }),
      'errors with the wrong sign': addUphill,
    } satisfies Record<string, AddGradient>,
    measure: patternOrder,
  }),
  ruleCheck({
    id: 'evidence-needs-adaptation',
    isLong: true,
    rules: ['e-prop-alif'],
    title: 'Evidence is carried over a delay by adaptive thresholds and e-prop through them, and not by LIF neurons',
    source: `${bellec}, fig. 3`,
    gate: 'error of half adaptive neurons < 0.3, of LIF neurons > 0.35; shortened task, 70 iterations of 16 trials, 128 tested',
    subject: { adaptive: 20, addGradient: add },
    mutants: {
      'no adaptive neurons': { adaptive: 0, addGradient: add },
      'errors with the wrong sign': { adaptive: 20, addGradient: addUphill },
      'slope without its memory in the membrane and the threshold': {
        adaptive: 20,
        addGradient: (gradient, network, ...rest) =>
          add(
            gradient,
            Object.assign(network.copy(), { decay: { ...network.decay, membrane: 0, adaptation: 0 } }),
            ...rest,
          ),
      },
    } satisfies Record<string, { adaptive: number; addGradient: AddGradient }>,
    measure: ({ adaptive, addGradient }) => {
      const error = shortEvidence(adaptive, addGradient);
      if (error >= 0.3) return below(error, 0.3);
      const control = shortEvidence(0, addGradient);
      return { value: error, passes: control > 0.35, note: `LIF neurons ${control.toFixed(3)}` };
    },
  }),
  ruleCheck({
    id: 'cursor-by-rflo',
    rules: ['rflo'],
    title: 'A network that is told the cursor’s error learns to bring it to four targets',
    source: 'Portes, Schmid & Murray 2022, NeurIPS',
    gate: 'squared distance at the end < 0.15 after 100 trials; 1.7 without learning',
    subject: supervised,
    mutants: {
      'learning rate 0': { ...supervised, learningRate: 0 },
      'sign of the change': { ...supervised, learningRate: -0.5 },
      'feedback of the wrong sign for one output': {
        ...supervised,
        learn: ({ readout }) =>
          learnByRflo(readout.map((weight, index) => (index < readout.columns ? -weight : weight))),
      },
    } satisfies Record<string, CursorLearner>,
    measure: (learner) => below(cursorDistance(learner), 0.15),
  }),
  ruleCheck({
    id: 'cursor-by-reinforce',
    rules: ['reinforce-recurrent'],
    title: 'A network that is told only the reward learns the same, more slowly',
    source: 'Portes, Schmid & Murray 2022, NeurIPS',
    gate: 'squared distance at the end < 0.5 after 500 trials; 1.7 without learning',
    subject: rewarded,
    mutants: {
      'fresh noise in the trace': {
        ...rewarded,
        learn() {
          const random = new Random(9);
          const noiseOf = ({ noise }: { noise: Float64Array }) => noise.map(() => random.normal());
          return learnByReward({ ...recurrentReinforce, noiseOf }, 0.25);
        },
      },
      'sign of the change': { ...rewarded, learningRate: -0.5 },
      'reward of the other sign': {
        ...rewarded,
        learn() {
          const learning = learnByReward(recurrentReinforce, 0.25);
          return (network, trial) => learning(network, { ...trial, rewards: trial.rewards.map((reward) => -reward) });
        },
      },
    } satisfies Record<string, CursorLearner>,
    measure: (learner) => below(cursorDistance(learner), 0.5),
  }),
];
