// Checks of plasticity over seconds: the window of one plateau, the sign of change by weight, and where repetition leads; analysis process.
import { btsp } from '../../../../common/learning-rule/catalogue/btsp.ts';
import { mean } from '../../base/vectors.ts';
import { runProtocol } from '../../local/spike-times.ts';
import { below, type Measurement, ruleCheck, type RuleCheck } from '../check.ts';
import {
  implementationOf,
  type SpikingImplementation,
  synapsesOf,
  withEquation,
  wrongDynamics,
} from './spiking-implementation.ts';
import { firstOrder, isOfFirstOrder } from './step-order.ts';

const [tauEligibility, tauInstruction, plateauLength] = [1500, 500, 300];
/** Of laps and repetitions, ms. */
const lapStep = 5;

/** One spike and one plateau of 300 ms at 6 s: so small changes that weight and limits do not matter. */
function overlapErrors(subject: SpikingImplementation, step: number): number[] {
  const spikes = [2000, 4000, 5000, 5700, 5900, 6000, 6300, 6500, 7000, 8000];
  const [kPlus, kMinus, w, overlap] = [1e-4, 4e-5, 0.3, 10];
  const parameters = {
    eligibilityTimeConstantMilliseconds: tauEligibility,
    instructionTimeConstantMilliseconds: tauInstruction,
    potentiationRateHertz: kPlus,
    depressionRateHertz: kMinus,
    potentiationOverlap: overlap,
    depressionOverlap: overlap,
  };
  const synapses = synapsesOf(subject, parameters, spikes.length, step, w);
  const isOn = (time: number) => time >= 6000 && time < 6000 + plateauLength;
  runProtocol(synapses, {
    milliseconds: 15_000,
    stepMilliseconds: step,
    arrivals: spikes.map((time) => [time]),
    signals: (time) => ({ plateau: Number(isOn(time)) }),
  });
  const rate = (kPlus * (1 - w) - kMinus * w) / overlap / 1000;
  return spikes.map((spike, index) => {
    const wanted = rate * overlapOf(6000 - spike);
    return Math.abs((synapses.weights[index]! - w) / wanted - 1);
  });
}

/** @returns the integral of eligibility × instruction in ms for a plateau that begins `lead` ms after the spike. */
function overlapOf(lead: number): number {
  const [a, b] = [1 / tauEligibility, 1 / tauInstruction];
  // From when both are there: while the plateau lasts the instruction is 1 − exp(−t b), then it decays.
  const begin = Math.max(0, -lead);
  const [eligible, during] = [Math.exp(-Math.max(0, lead) * a), Math.max(0, plateauLength - begin)];
  const left = Math.exp(-begin * b);
  const whilePlateau =
    (eligible * (1 - Math.exp(-during * a))) / a - (eligible * left * (1 - Math.exp(-during * (a + b)))) / (a + b);
  const end = Math.max(plateauLength, begin);
  const instruction = (1 - Math.exp(-plateauLength * b)) * Math.exp(-(end - plateauLength) * b);
  return whilePlateau + (eligible * Math.exp(-during * a) * instruction) / (a + b);
}

/** Ten spikes at 40 Hz, `lag` ms from the middle of the plateau. @returns the change. */
function lap(subject: SpikingImplementation, weight: number, lag: number): number {
  const synapses = synapsesOf(subject, {}, 1, lapStep, weight);
  const middle = 8000;
  const spikes = Array.from({ length: 10 }, (_, index) => middle + lag + (index - 5) * 25);
  runProtocol(synapses, {
    milliseconds: 16_000,
    stepMilliseconds: lapStep,
    arrivals: [spikes],
    signals: (time) => ({ plateau: Number(Math.abs(time - middle) < plateauLength / 2) }),
  });
  return synapses.weights[0]! - weight;
}

/** The window is seconds long on both sides; weak inputs grow, strong ones shrink, most those seconds before it. */
function bidirectional(subject: SpikingImplementation): Measurement {
  const weak = [-3000, -1500, 0, 1500, 3000].map((lag) => lap(subject, 0.1, lag));
  const strong = [-3000, -1500, 0, 1500].map((lag) => lap(subject, 0.9, lag));
  const [peak, before, after] = [weak[2]!, weak[1]!, weak[3]!];
  const holds = [
    peak > 0.1,
    before > 0.2 * peak && before < peak,
    after > 0.05 * peak && after < peak,
    weak[0]! < before && weak[4]! < 0.05 * peak,
    strong[1]! < -0.02 && strong[3]! < -0.02,
    strong[0]! < strong[2]! && strong[2]! < 0,
  ];
  const words = (changes: readonly number[]) => changes.map((change) => change.toFixed(3)).join(', ');
  return {
    value: holds.filter(Boolean).length,
    passes: holds.every(Boolean),
    note: `from 0.1: ${words(weak)}; from 0.9: ${words(strong)}`,
  };
}

/** Where both signals are at their limits for long, weights come to k+ / (k+ + k−) from both sides. */
function restingWeight(subject: SpikingImplementation): Measurement {
  const [kPlus, kMinus] = [1.5, 0.5];
  const parameters = {
    potentiationRateHertz: kPlus,
    depressionRateHertz: kMinus,
    potentiationOverlap: 0.5,
    maximumWeight: 4,
  };
  const synapses = synapsesOf(subject, parameters, 2, lapStep, Float64Array.of(0.1, 3.9));
  for (let time = 0; time < 30_000; time += lapStep)
    synapses.step({ arrivals: time % 50 === 0 ? [0, 1] : [], signals: { plateau: 1 } });
  const wanted = (4 * kPlus) / (kPlus + kMinus);
  return below(Math.max(...synapses.weights.map((weight) => Math.abs(weight - wanted))), 1e-9);
}

const own = implementationOf(btsp);
const mutant = (symbol: string, equation: string) => implementationOf(withEquation(btsp, 'step', symbol, equation));
const common = { rules: ['btsp'], subject: own, source: 'Milstein et al. 2021' } as const;

export const behaviouralTimeScaleChecks: readonly RuleCheck[] = [
  ruleCheck({
    ...common,
    id: 'btsp-overlap-window',
    title:
      'A spike and a plateau change the weight by the integral of what is left of both, from 4 s before to 2 s after',
    gate: 'largest relative error < 1 % (steps of 2 ms)',
    measure: (subject) => below(Math.max(...overlapErrors(subject, 2)), 0.01),
    mutants: {
      'instruction not remembered': mutant('s', 'plateau'),
      'instruction added up, not averaged': mutant('s', 's * exp(-dt / tau_is) + plateau * dt / tau_et'),
      'time constants swapped': implementationOf({
        ...withEquation(btsp, 'step', 's', 'plateau + (s - plateau) * exp(-dt / tau_et)'),
        pre: { et: { kind: 'trace', label: 'Eligibility', timeConstant: 'tau_is' } },
      }),
    },
  }),
  ruleCheck({
    ...common,
    id: 'btsp-step',
    ...firstOrder,
    measure: (subject) => isOfFirstOrder((step) => mean(overlapErrors(subject, step)), [20, 10, 5]),
    mutants: {
      'eligibility’s time constant counted in steps': { ...own, dynamics: wrongDynamics.timeConstantInSteps },
      'instruction’s time constant counted in steps': mutant('s', 'plateau + (s - plateau) * exp(-1 / 500)'),
    },
  }),
  ruleCheck({
    ...common,
    id: 'btsp-bidirectional',
    title: 'One plateau makes weak inputs grow that were active seconds around it, and strong ones shrink',
    gate: '6 of 6 statements hold',
    measure: bidirectional,
    mutants: {
      'no depression': mutant('w', 'w + dt * k_plus * clip(et * s / o_plus, 0, 1) * (w_max - w)'),
      'change without the weight': mutant(
        'w',
        'w + dt * w_max * (k_plus * clip(et * s / o_plus, 0, 1) - k_minus * clip(et * s / o_minus, 0, 1))',
      ),
      'overlaps swapped': mutant(
        'w',
        'w + dt * (k_plus * clip(et * s / o_minus, 0, 1) * (w_max - w) - k_minus * clip(et * s / o_plus, 0, 1) * w)',
      ),
    },
  }),
  ruleCheck({
    ...common,
    id: 'btsp-resting-weight',
    title: 'Repetition brings weak and strong weights to the same place',
    gate: 'distance from k+ / (k+ + k−) of the largest weight < 1e-9',
    measure: restingWeight,
    mutants: {
      'no soft upper bound': mutant(
        'w',
        'w + dt * (k_plus * clip(et * s / o_plus, 0, 1) * w_max - k_minus * clip(et * s / o_minus, 0, 1) * w)',
      ),
      'soft bounds swapped': mutant(
        'w',
        'w + dt * (k_plus * clip(et * s / o_plus, 0, 1) * w - k_minus * clip(et * s / o_minus, 0, 1) * (w_max - w))',
      ),
      'overlap without a limit': mutant(
        'w',
        'w + dt * (k_plus * et * s / o_plus * (w_max - w) - k_minus * clip(et * s / o_minus, 0, 1) * w)',
      ),
    },
  }),
];
