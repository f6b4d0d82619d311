// Checks of triplet STDP: the pairing experiment in visual cortex, its extremes, and the threshold for Poisson spikes; analysis process.
import type { RuleParameters } from '../../../../common/learning-rule/apply-rule.ts';
import { tripletStdp } from '../../../../common/learning-rule/catalogue/triplet-stdp.ts';
import { Random } from '../../base/random.ts';
import { mean, slope } from '../../base/vectors.ts';
import { PoissonSpikes, runProtocol } from '../../local/spike-times.ts';
import { below, type Measurement, near, ruleCheck, type RuleCheck } from '../check.ts';
import { normalisedError, pairingChanges } from './pairing-protocol.ts';
import {
  implementationOf,
  type SpikingImplementation,
  synapsesOf,
  withEquation,
  withTimeConstants,
  wrongDynamics,
} from './spiking-implementation.ts';

/** Visual cortex, all-to-all (Pfister & Gerstner 2006). */
const minimal: RuleParameters = {
  receiverTripletTimeConstantMilliseconds: 114,
  pairPotentiationFraction: 0,
  tripletPotentiationFraction: 6.5e-3,
  pairDepressionFraction: 7.1e-3,
  tripletDepressionFraction: 0,
};
const full: RuleParameters = {
  receiverTripletTimeConstantMilliseconds: 125,
  pairPotentiationFraction: 5e-10,
  tripletPotentiationFraction: 6.2e-3,
  pairDepressionFraction: 7e-3,
  tripletDepressionFraction: 2.3e-4,
};

function extremes(subject: SpikingImplementation): Measurement {
  const at = (rateHz: number) => ({ rateHz, lagMilliseconds: 10, change: 0, standardError: 1 });
  const [slow, fast] = pairingChanges(subject, minimal, [at(0.1), at(50)]);
  return {
    value: Math.abs(slow!),
    passes: Math.abs(slow!) < 1e-3 && fast! > 0.6,
    note: `change at 50 Hz ${fast!.toFixed(3)}`,
  };
}

const [tauPlus, tauMinus, tauX, tauY] = [16.8, 33.7, 101, 125];

/** Six spikes of each neuron: the change as the sum over all pairs and triplets, with all four amplitudes. */
function definition(subject: SpikingImplementation, step: number): number {
  const [arrivals, firings] = [
    [10, 24, 31, 60, 90, 91],
    [15, 29, 33, 52, 83, 99],
  ];
  const [a2plus, a3plus, a2minus, a3minus] = [0.01, 0.02, 0.015, 0.005];
  const parameters = {
    receiverTripletTimeConstantMilliseconds: tauY,
    pairPotentiationFraction: a2plus,
    tripletPotentiationFraction: a3plus,
    pairDepressionFraction: a2minus,
    tripletDepressionFraction: a3minus,
  };
  const synapses = synapsesOf(subject, parameters, 1, step, 0.5);
  runProtocol(synapses, { milliseconds: 120, stepMilliseconds: step, arrivals: [arrivals], firings: [firings] });
  const before = (times: readonly number[], now: number, tau: number) =>
    times.filter((time) => time < now).reduce((sum, time) => sum + Math.exp((time - now) / tau), 0);
  let wanted = 0.5;
  for (const now of arrivals)
    wanted -= before(firings, now, tauMinus) * (a2minus + a3minus * before(arrivals, now, tauX));
  for (const now of firings) wanted += before(arrivals, now, tauPlus) * (a2plus + a3plus * before(firings, now, tauY));
  return Math.abs(synapses.weights[0]! - wanted);
}

/** @returns the receiver's rate in Hz at which a weight neither grows nor declines. */
function threshold(subject: SpikingImplementation): number {
  const rates = [12, 16, 20, 24, 28];
  const [each, senderRate, milliseconds] = [200, 20, 25_000];
  // So slow that no bound is met.
  const slow = { ...minimal, tripletPotentiationFraction: 6.5e-6, pairDepressionFraction: 7.1e-6 };
  const synapses = synapsesOf(subject, slow, each * rates.length, 1, 0.5);
  const senders = new PoissonSpikes(each * rates.length, senderRate / 1000, new Random(21));
  const receivers = rates.map((rate, index) => new PoissonSpikes(each, rate / 1000, new Random(22, index)));
  for (let time = 0; time < milliseconds; time++) {
    const firings = receivers.flatMap((group, index) => group.next().map((place) => place + index * each));
    synapses.step({ arrivals: senders.next(), firings });
  }
  const perSpike = rates.map(
    (rate, index) =>
      mean(synapses.weights.map((weight) => weight - 0.5).subarray(index * each, (index + 1) * each)) / rate,
  );
  return mean(rates) - mean(perSpike) / slope(rates, perSpike);
}

const own = implementationOf(tripletStdp);
const incremented = implementationOf(
  withEquation(tripletStdp, 'firing', 'w', 'w + w_max * r1 * (A2_plus + A3_plus * (o2 + 1))'),
);
const frequency = (name: string, parameters: RuleParameters) =>
  ruleCheck({
    id: `triplet-stdp-frequency-${name}`,
    rules: ['triplet-stdp'],
    title: `Sixty pairings at 0.1 to 50 Hz, 10 ms in both orders, change the weight as in layer 5: ${name} set`,
    source: 'Pfister & Gerstner 2006; data of Sjöström, Turrigiano & Nelson 2001',
    gate: 'normalised mean squared error < 0.40',
    subject: own,
    measure: (subject) => below(normalisedError(pairingChanges(subject, parameters)), 0.4),
    mutants: {
      'o2 read after its own increment': incremented,
      'potentiation without the triplet': implementationOf(
        withEquation(tripletStdp, 'firing', 'w', 'w + w_max * r1 * (A2_plus + A3_plus)'),
      ),
      'time constants of the fast traces swapped': implementationOf(
        withTimeConstants(tripletStdp, { r1: 'tau_minus', o1: 'tau_plus' }),
      ),
    },
  });

const wantedThreshold = (1000 * 7.1e-3 * 33.7) / (6.5e-3 * 16.8 * 114);

export const tripletStdpChecks: readonly RuleCheck[] = [
  frequency('minimal', minimal),
  frequency('full', full),
  ruleCheck({
    id: 'triplet-stdp-definition',
    rules: ['triplet-stdp'],
    title: 'The change is the sum over all pairs and triplets, for any step of the simulation',
    source: 'Pfister & Gerstner 2006; test G7',
    gate: 'largest error at 1, 0.5 and 0.1 ms < 1e-12 of the largest weight',
    subject: own,
    measure: (subject) => below(Math.max(...[1, 0.5, 0.1].map((step) => definition(subject, step))), 1e-12),
    mutants: {
      'r2 read after its own increment': implementationOf(
        withEquation(tripletStdp, 'arrival', 'w', 'w - w_max * o1 * (A2_minus + A3_minus * (r2 + 1))'),
      ),
      'nearest spikes only': { ...own, dynamics: wrongDynamics.nearestOnly },
      'time constants counted in steps': { ...own, dynamics: wrongDynamics.timeConstantInSteps },
    },
  }),
  ruleCheck({
    id: 'triplet-stdp-extremes',
    rules: ['triplet-stdp'],
    title: 'The minimal set changes nothing at 0.1 Hz and +10 ms, and potentiates strongly at 50 Hz',
    source: 'Pfister & Gerstner 2006',
    gate: 'change at 0.1 Hz < 1e-3, at 50 Hz > 0.6',
    subject: own,
    measure: extremes,
    mutants: {
      'o2 read after its own increment': incremented,
      'pair term left in': implementationOf(
        withEquation(tripletStdp, 'firing', 'w', 'w + w_max * r1 * (A2_minus + A3_plus * o2)'),
      ),
      'depression read after its increment': { ...own, dynamics: wrongDynamics.pairsInOneStep },
    },
  }),
  ruleCheck({
    id: 'triplet-stdp-threshold',
    rules: ['triplet-stdp'],
    title: 'Under Poisson spikes the weight grows above A₂− τ− / (A₃+ τ+ τy) of the receiver’s rate and declines below',
    source: 'Pfister & Gerstner 2006, relation to BCM',
    gate: 'threshold within 10 % of 19.2 Hz',
    subject: own,
    measure: (subject) => near(threshold(subject), wantedThreshold, 0.1 * wantedThreshold),
    mutants: {
      'o2 with the time constant of r2': implementationOf(withTimeConstants(tripletStdp, { o2: 'tau_x' })),
      'o2 with the time constant of o1': implementationOf(withTimeConstants(tripletStdp, { o2: 'tau_minus' })),
    },
  }),
];
