// Checks of exploratory Hebb: its mean change climbs the gradient of reward, and habit alone changes nothing; analysis process.
import { exploratoryHebb } from '../../../../common/learning-rule/catalogue/exploratory-hebb.ts';
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { angleDegrees, mean } from '../../base/vectors.ts';
import { type EscapeNetwork, escapeRatesHz, EscapeSpikes } from '../../local/escape-network.ts';
import { rewardBaseline, type RewardDeviation } from '../../local/reward-baseline.ts';
import { PoissonSpikes, runProtocol } from '../../local/spike-times.ts';
import { below, type Measurement, ruleCheck, type RuleCheck } from '../check.ts';
import {
  implementationOf,
  type SpikingImplementation,
  synapsesOf,
  withEquation,
  wrongDynamics,
} from './spiking-implementation.ts';
import { firstOrder, isOfFirstOrder } from './step-order.ts';

interface Explorer extends SpikingImplementation {
  readonly baseline: (share: number) => RewardDeviation;
  /** The spikes that the rule sees, of those that the network fired. */
  readonly seen: (
    network: EscapeNetwork,
    fired: EscapeSpikes,
  ) => () => { arrivals: number[]; firings: number[]; firing: readonly (readonly number[])[] };
}

const network: EscapeNetwork = {
  copies: 100,
  senderRatesHz: [20, 40, 10, 50, 100],
  weights: new Matrix(3, 5, Float64Array.of(4, -3, 6, 2, 1, -5, 2, 3, 4, -2, 3, 5, -4, -2, 4)),
  baseRateHz: 30,
};
/** Rates in Hz that would be rewarded most. */
const targets = [60, 15, 45];
const trialMilliseconds = 300;

/** The gradient of the mean reward −Σ (n − target × T)² by the weights, in counts (Williams 1992 for Poisson counts). */
function trueGradient(): Float64Array {
  const seconds = trialMilliseconds / 1000;
  const gradient = new Matrix(3, 5);
  escapeRatesHz(network).forEach((rateHz, receiver) => {
    const counts = rateHz * seconds;
    const byCounts = -2 * (counts - targets[receiver]! * seconds) - 1;
    network.senderRatesHz.forEach((sender, index) => {
      gradient.row(receiver)[index] = byCounts * counts * sender;
    });
  });
  return gradient.values;
}

/** Twenty trials in each of 100 copies; reward comes for 1 ms at the end of a trial. @returns the mean change. */
function meanChange(subject: Explorer): Float64Array {
  const { copies, weights } = network;
  const count = copies * weights.values.length;
  const synapses = synapsesOf(subject, { learningRatePerSecond: 1 }, count, 1, 0.5);
  const fired = new EscapeSpikes(
    network,
    [0, 1, 2].map((receiver) => new Random(71, receiver)),
  );
  const next = subject.seen(network, fired);
  const baseline = subject.baseline(0.1);
  // The baseline and the receivers' mean rates settle first.
  for (let trial = -10; trial < 20; trial++) {
    const counts = Array.from({ length: weights.rows }, () => new Float64Array(copies));
    let reward: Float64Array | number = 0;
    for (let time = 0; time < trialMilliseconds; time++) {
      const { firing, arrivals, firings } = next();
      firing.forEach((inCopies, receiver) => {
        for (const copy of inCopies) counts[receiver]![copy]! += 1;
      });
      if (time === trialMilliseconds - 1) {
        const deviation = baseline(rewards(counts));
        const each = Float64Array.from(
          { length: count },
          (_, synapse) => deviation[Math.floor(synapse / weights.values.length)]!,
        );
        if (trial >= 0) reward = each;
      }
      synapses.step({ arrivals, firings, signals: { reward } });
    }
  }
  const size = weights.values.length;
  return Float64Array.from({ length: size }, (_, synapse) =>
    mean(Array.from({ length: copies }, (_unused, copy) => synapses.weights[copy * size + synapse]! - 0.5)),
  );
}

/** One number for each copy: a hundredth of the squared distance from the targets, below 3. */
const rewards = (counts: readonly Float64Array[]) =>
  counts[0]!.map((_, copy) => {
    const distance = targets.reduce(
      (sum, target, receiver) => sum + (counts[receiver]![copy]! - (target * trialMilliseconds) / 1000) ** 2,
      0,
    );
    return 3 - distance / 100;
  });

/** Poisson firing at 20 Hz and a third factor of 1 for 5 s: the change in parts of what it is without the mean rate. */
function habit(subject: SpikingImplementation): Measurement {
  const [count, step, rate, learning] = [200, 0.5, 0.02, 1e-5];
  const synapses = synapsesOf(subject, { learningRatePerSecond: learning * 1000 }, count, step, 0.5);
  const [senders, receivers] = [72, 73].map((seed) => new PoissonSpikes(count, rate * step, new Random(seed)));
  for (let time = 0; time < 10_000; time += step) {
    // Mean rates and eligibilities settle for 5 s.
    const reward = Number(time >= 5000);
    synapses.step({ arrivals: senders!.next(), firings: receivers!.next(), signals: { reward } });
  }
  const [tauX, tauE] = [20, 500];
  const hebbian = learning * 5000 * tauE * (rate * tauX) * rate;
  const found = mean(synapses.weights.map((weight) => weight - 0.5));
  return below(Math.abs(found / hebbian), 0.05, `without the mean rate it would be ${hebbian.toFixed(3)}`);
}

/** One arrival, one firing 10 ms later, a third factor of 1. @returns the distance of the change from its integral. */
function errorAt(subject: SpikingImplementation, step: number): number {
  const [tauX, tauY, tauZ, tauE] = [20, 15, 60, 40];
  const parameters = {
    rateTimeConstantMilliseconds: tauY,
    meanRateTimeConstantMilliseconds: tauZ,
    eligibilityTimeConstantMilliseconds: tauE,
    learningRatePerSecond: 1,
  };
  const synapses = synapsesOf(subject, parameters, 1, step, 0.5);
  runProtocol(synapses, {
    milliseconds: 1200,
    stepMilliseconds: step,
    arrivals: [[10]],
    firings: [[20]],
    signals: () => ({ reward: 1 }),
  });
  const overlap = (tau: number) => 1 / tau / (1 / tauX + 1 / tau);
  const wanted = (tauE * Math.exp(-10 / tauX) * (overlap(tauY) - overlap(tauZ))) / 1000;
  return synapses.weights[0]! - 0.5 - wanted;
}

const equation = (e: string) => withEquation(exploratoryHebb, 'step', 'e', e);
const withoutMeanRate = equation('clip(e * exp(-dt / tau_e) + x * y / tau_y * dt, -100, 100)');

const own: Explorer = {
  ...implementationOf(exploratoryHebb),
  baseline: rewardBaseline,
  seen: (_network, fired) => () => fired.next(),
};

/** What the network fired decides the reward, what other draws of the same rates fired is learned from. */
const freshNoise: Explorer['seen'] = (drawn, fired) => {
  const fresh = new EscapeSpikes(
    drawn,
    [0, 1, 2].map((receiver) => new Random(74, receiver)),
  );
  return () => ({ ...fresh.next(), firing: fired.next().firing });
};

export const explorationChecks: readonly RuleCheck[] = [
  ruleCheck({
    id: 'exploratory-hebb-gradient',
    rules: ['exploratory-hebb'],
    title: 'The mean change over 2000 trials climbs the gradient of reward, by the very spikes that earned it',
    source: 'Legenstein et al. 2010; Williams 1992',
    gate: 'angle to the gradient in degrees < 12',
    subject: own,
    measure: (subject) => below(angleDegrees(meanChange(subject), trueGradient()), 12),
    mutants: {
      'fresh noise: other spikes in the eligibility than in the reward': { ...own, seen: freshNoise },
      'no baseline': { ...own, baseline: () => (earned) => earned },
      'sender left out': {
        ...own,
        declaration: equation('clip(e * exp(-dt / tau_e) + (y / tau_y - z / tau_z) * dt, -100, 100)'),
      },
      'reward with the wrong sign': {
        ...own,
        declaration: withEquation(exploratoryHebb, 'step', 'w', 'w - eta * w_max * reward * e * dt'),
      },
    },
  }),
  ruleCheck({
    id: 'exploratory-hebb-habit',
    rules: ['exploratory-hebb'],
    title: 'Firing at an accustomed rate leaves no eligibility in the mean',
    source: 'Legenstein et al. 2010',
    gate: 'change under a constant reward < 5 % of that without the mean rate',
    subject: own as SpikingImplementation,
    measure: habit,
    mutants: {
      'mean rate not subtracted': implementationOf(withoutMeanRate),
      'traces not divided by their time constants': implementationOf(
        equation('clip(e * exp(-dt / tau_e) + x * (y - z) / tau_y * dt, -100, 100)'),
      ),
    },
  }),
  ruleCheck({
    id: 'exploratory-hebb-step',
    rules: ['exploratory-hebb'],
    ...firstOrder,
    subject: own as SpikingImplementation,
    measure: (subject) => isOfFirstOrder((step) => errorAt(subject, step)),
    mutants: {
      'time constants counted in steps': { ...own, dynamics: wrongDynamics.timeConstantInSteps },
      'length of the step left out': implementationOf(
        equation('clip(e * exp(-dt / tau_e) + x * (y - z * tau_y / tau_z), -100, 100)'),
      ),
    },
  }),
];
