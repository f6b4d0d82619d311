// Checks of pair STDP: its window, that pairs add, and its drift under Poisson spikes; analysis process.
import { pairStdp } from '../../../../common/learning-rule/catalogue/pair-stdp.ts';
import { Random } from '../../base/random.ts';
import { mean, standardError } from '../../base/vectors.ts';
import { PoissonSpikes, runProtocol } from '../../local/spike-times.ts';
import { below, type Measurement, ruleCheck, type RuleCheck } from '../check.ts';
import {
  implementationOf,
  type SpikingImplementation,
  synapsesOf,
  withEquation,
  withTimeConstants,
  wrongDynamics,
} from './spiking-implementation.ts';

const window = { tauPlus: 17, tauMinus: 34, plus: 0.1, minus: 0.105 };
const parameters = {
  potentiationTimeConstantMilliseconds: window.tauPlus,
  depressionTimeConstantMilliseconds: window.tauMinus,
  potentiationFraction: window.plus,
  depressionFraction: window.minus,
};
const lags = Array.from({ length: 80 }, (_, index) => index + 1).flatMap((lag) => [lag, -lag]);
const changeOf = (lag: number) =>
  lag > 0 ? window.plus * Math.exp(-lag / window.tauPlus) : -window.minus * Math.exp(lag / window.tauMinus);

/** @returns the weight change of a pair for each lag of the receiver's spike. */
function changes(subject: SpikingImplementation, step: number): number[] {
  const synapses = synapsesOf(subject, parameters, lags.length, step, 0.5);
  runProtocol(synapses, {
    milliseconds: 200,
    stepMilliseconds: step,
    arrivals: lags.map(() => [90]),
    firings: lags.map((lag) => [90 + lag]),
  });
  return Array.from(synapses.weights, (weight) => weight - 0.5);
}

const largestError = (measured: readonly number[]) =>
  Math.max(...measured.map((change, index) => Math.abs(change / changeOf(lags[index]!) - 1)));

function additivity(subject: SpikingImplementation): Measurement {
  const [arrivals, firings] = [
    [10, 22, 31, 60],
    [15, 31, 33, 52],
  ];
  const synapses = synapsesOf(subject, parameters, 1, 0.5, 0.5);
  runProtocol(synapses, { milliseconds: 100, stepMilliseconds: 0.5, arrivals: [arrivals], firings: [firings] });
  let wanted = 0.5;
  for (const arrival of arrivals)
    for (const firing of firings) if (firing !== arrival) wanted += changeOf(firing - arrival);
  return below(Math.abs(synapses.weights[0]! - wanted), 1e-12);
}

/** Largest weight 1, far from its bounds: 2000 synapses for 50 s at 20 Hz on both sides (Kempter et al. 1999). */
function poissonDrift(subject: SpikingImplementation): Measurement {
  const [count, seconds, probability, step] = [2000, 50, 0.02, 1];
  // Unequal, so that an error that both sides share does not cancel.
  const [plus, minus] = [0.0002, 0.0004];
  const fractions = { ...parameters, potentiationFraction: plus, depressionFraction: minus };
  const synapses = synapsesOf(subject, fractions, count, step, 0.5);
  const [senders, receivers] = [11, 12].map((seed) => new PoissonSpikes(count, probability, new Random(seed)));
  for (let time = 0; time < seconds * 1000; time += step)
    synapses.step({ arrivals: senders!.next(), firings: receivers!.next() });
  const pairs = (tau: number) => (step * Math.exp(-step / tau)) / (1 - Math.exp(-step / tau));
  const rate = probability / step;
  const drift = rate ** 2 * (plus * pairs(window.tauPlus) - minus * pairs(window.tauMinus));
  const found = synapses.weights.map((weight) => (weight - 0.5) / (seconds * 1000));
  const errors = Math.abs(mean(found) - drift) / standardError(found);
  return below(errors, 3, `${(mean(found) * 1e3).toExponential(4)} per s, expected ${(drift * 1e3).toExponential(4)}`);
}

const own = implementationOf(pairStdp);
const late: SpikingImplementation = { ...own, dynamics: wrongDynamics.readAfterIncrement };
const swapped = implementationOf(withTimeConstants(pairStdp, { x: 'tau_minus', y: 'tau_plus' }));

export const pairStdpChecks: readonly RuleCheck[] = [
  ruleCheck({
    id: 'pair-stdp-window',
    rules: ['pair-stdp'],
    title: 'A single pair changes the weight by its window, for lags of 1 to 80 ms in both orders',
    source: 'Song, Miller & Abbott 2000',
    gate: 'largest relative error < 1e-10',
    subject: own,
    measure: (subject) => below(largestError(changes(subject, 1)), 1e-10),
    mutants: {
      'traces read after their own increment': late,
      'time constants swapped': swapped,
      'depression with the trace of the sender': implementationOf(
        withEquation(pairStdp, 'arrival', 'w', 'w - A_minus * w_max * x'),
      ),
    },
  }),
  ruleCheck({
    id: 'pair-stdp-pairs-add',
    rules: ['pair-stdp'],
    title: 'Every pair counts once, and a pair in one step not at all',
    source: 'Definition of all-to-all pairing',
    gate: 'absolute error < 1e-12',
    subject: own,
    measure: additivity,
    mutants: {
      'nearest spikes only': { ...own, dynamics: wrongDynamics.nearestOnly },
      'traces read after their own increment': late,
    },
  }),
  ruleCheck({
    id: 'pair-stdp-step',
    rules: ['pair-stdp'],
    title: 'The window is the same for any step of the simulation, decay being exact',
    source: 'Test G7',
    gate: 'largest relative error at 1, 0.5 and 0.1 ms < 1e-10',
    subject: own,
    measure: (subject) => below(Math.max(...[1, 0.5, 0.1].map((step) => largestError(changes(subject, step)))), 1e-10),
    mutants: {
      'time constant counted in steps': { ...own, dynamics: wrongDynamics.timeConstantInSteps },
      'decay of first order': { ...own, dynamics: wrongDynamics.firstOrderDecay },
    },
  }),
  ruleCheck({
    id: 'pair-stdp-poisson-drift',
    rules: ['pair-stdp'],
    title: 'Under independent Poisson spikes the weight drifts by the product of the rates and the area of the window',
    source: 'Kempter, Gerstner & van Hemmen 1999, Phys. Rev. E 59:4498',
    gate: 'distance from the expected drift < 3 standard errors',
    subject: own,
    measure: poissonDrift,
    mutants: {
      'depression with the sign of potentiation': implementationOf(
        withEquation(pairStdp, 'arrival', 'w', 'w + A_minus * w_max * y'),
      ),
      'pairs of one step counted': { ...own, dynamics: wrongDynamics.pairsInOneStep },
    },
  }),
];
