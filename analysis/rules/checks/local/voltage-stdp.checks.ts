// Checks of the voltage-based rule: held potentials, pairing at low and high rates, and its dependence on the step; analysis process.
import { clopathStdp } from '../../../../common/learning-rule/catalogue/clopath-stdp.ts';
import { runProtocol } from '../../local/spike-times.ts';
import { below, type Measurement, ruleCheck, type RuleCheck } from '../check.ts';
import { membranePotential } from './adaptive-exponential-neuron.ts';
import {
  implementationOf,
  type SpikingImplementation,
  synapsesOf,
  withEquation,
  withTimeConstants,
  wrongDynamics,
} from './spiking-implementation.ts';
import { firstOrder, isOfFirstOrder } from './step-order.ts';

const [thetaMinus, thetaPlus, tauX, tauMinus, tauPlus] = [-70.6, -45.3, 15, 10, 7];
/** So small that no bound is met; their ratio is the source's. */
const [depression, potentiation] = [14e-8, 8e-8];
const slow = { depressionFractionPerMillivolt: depression, potentiationFractionPerSquareMillivolt: potentiation };
const positive = (value: number) => Math.max(0, value);

/** Twenty arrivals, 50 ms apart, at potentials held from −80 to 0 mV: changes as a closed form. */
function heldPotential(subject: SpikingImplementation): Measurement {
  const potentials = [-80, -71, -65, -55, -46, -44, -35, -20, 0];
  const [arrivals, interval, step] = [20, 50, 0.5];
  const synapses = synapsesOf(subject, slow, potentials.length, step, 0.5);
  const times = Array.from({ length: arrivals }, (_, index) => index * interval);
  const u = Float64Array.from(potentials);
  runProtocol(synapses, {
    milliseconds: 3000,
    stepMilliseconds: step,
    arrivals: potentials.map(() => times),
    signals: () => ({ u }),
  });
  // The trace of one arrival, summed over the steps after it.
  const area = ((step / tauX) * Math.exp(-step / tauX)) / (1 - Math.exp(-step / tauX));
  const wanted = potentials.map(
    (held) => arrivals * positive(held - thetaMinus) * (potentiation * area * positive(held - thetaPlus) - depression),
  );
  const errors = wanted.map((change, index) => Math.abs(synapses.weights[index]! - 0.5 - change));
  return below(Math.max(...errors), 1e-12);
}

/** The source's spikes last 2 ms and are not in the running means while they last; here they last a step of 1 ms. */
const oneStepSpikes = { potentiationFractionPerSquareMillivolt: 2 * 8e-5 };

/** Fifteen times five pairings at a rate, 10 s apart, which one time stands for. @returns the change in parts of the largest weight. */
function pairing(subject: SpikingImplementation, rateHz: number, lag: number): number {
  const step = 1;
  // At 0.1 Hz a pair is over before the next: one stands for five.
  const pairs = rateHz < 1 ? 1 : 5;
  const senders = Array.from({ length: pairs }, (_, pair) => 50 + (pair * 1000) / rateHz + positive(-lag));
  const receivers = senders.map((time) => time + lag);
  const milliseconds = Math.max(...senders, ...receivers) + 400;
  const potential = membranePotential(receivers, milliseconds, step);
  const synapses = synapsesOf(subject, oneStepSpikes, 1, step, 0.5);
  runProtocol(synapses, {
    milliseconds,
    stepMilliseconds: step,
    arrivals: [senders],
    signals: (time) => ({ u: potential[Math.round(time / step)]! }),
  });
  return (synapses.weights[0]! - 0.5) * (75 / pairs);
}

/** Late arrivals depress at low rates and potentiate at 50 Hz; early ones potentiate the more the higher the rate. */
function frequency(subject: SpikingImplementation): Measurement {
  const early = [0.1, 10, 20, 40, 50].map((rate) => pairing(subject, rate, 10));
  const late = [0.1, 10, 20, 40, 50].map((rate) => pairing(subject, rate, -10));
  const holds = [
    early.every((change, index) => index < 2 || change > early[index - 1]!),
    Math.abs(early[0]!) < 0.05 * early.at(-1)!,
    late[0]! < 0 && late[1]! < 0,
    late.at(-1)! > 0 && early.at(-1)! > 0,
    early[1]! > late[1]!,
  ];
  const words = (changes: readonly number[]) => changes.map((change) => change.toFixed(3)).join(', ');
  return {
    value: holds.filter(Boolean).length,
    passes: holds.every(Boolean),
    note: `+10 ms: ${words(early)}; −10 ms: ${words(late)}`,
  };
}

const arrivalTimes = [10, 80, 140, 300];
const [swing, swingTime, lasting] = [25, 17, 400];
const swinging = (time: number) => -50 + swing * Math.sin(time / swingTime);

/** The low-pass of the swinging potential, beginning with its first value, as a closed form. */
function lowPass(time: number, tau: number): number {
  const [a, phase] = [tau / swingTime, time / swingTime];
  return -50 + (swing / (1 + a * a)) * (Math.sin(phase) - a * Math.cos(phase) + a * Math.exp(-time / tau));
}

/** The change without steps: the integral by the midpoints of intervals of 20 µs. */
function exactChange(): number {
  const interval = 0.02;
  let change = 0;
  for (const arrival of arrivalTimes) {
    change -= depression * positive(lowPass(arrival, tauMinus) - thetaMinus);
    for (let time = arrival + interval / 2; time < lasting; time += interval) {
      const trace = Math.exp((arrival - time) / tauX) / tauX;
      const above = positive(swinging(time) - thetaPlus) * positive(lowPass(time, tauPlus) - thetaMinus);
      change += potentiation * interval * trace * above;
    }
  }
  return change;
}

/** @returns the distance from the solution without steps, for a potential that swings. */
function errorAt(subject: SpikingImplementation, step: number): number {
  const synapses = synapsesOf(subject, slow, 1, step, 0.5);
  runProtocol(synapses, {
    milliseconds: lasting,
    stepMilliseconds: step,
    arrivals: [arrivalTimes],
    signals: (time) => ({ u: swinging(time) }),
  });
  return synapses.weights[0]! - 0.5 - exactChange();
}

const own = implementationOf(clopathStdp);
const mutant = (event: 'arrival' | 'step', equation: string) =>
  implementationOf(withEquation(clopathStdp, event, 'w', equation));
const common = { rules: ['clopath-stdp'], subject: own } as const;

export const voltageStdpChecks: readonly RuleCheck[] = [
  ruleCheck({
    ...common,
    id: 'clopath-stdp-held-potential',
    title: 'At held potentials arrivals change nothing below θ−, depress up to θ+ and potentiate well above it',
    source: 'Clopath et al. 2010, voltage clamp as in Artola, Bröcher & Singer 1990',
    gate: 'largest error < 1e-12 of the largest weight',
    measure: heldPotential,
    mutants: {
      'depression without its threshold': mutant('arrival', 'w - A_ltd * w_max * (u_minus - theta_minus)'),
      'potentiation above θ−': mutant(
        'step',
        'w + A_ltp * w_max * (dt / tau_x) * x * positive(u - theta_minus) * positive(u_plus - theta_minus)',
      ),
      'time constant of the trace missing': mutant(
        'step',
        'w + A_ltp * w_max * (dt / tau_plus) * x * positive(u - theta_plus) * positive(u_plus - theta_minus)',
      ),
      'trace read after its own increment': { ...own, dynamics: wrongDynamics.pairsInOneStep },
    },
  }),
  ruleCheck({
    ...common,
    id: 'clopath-stdp-pairing-rate',
    title: 'Pairs depress or potentiate by their order at low rates, and potentiate in both orders at 50 Hz',
    source: 'Clopath et al. 2010, pairing at 0.1 to 50 Hz; Sjöström, Turrigiano & Nelson 2001',
    gate: '5 of 5 statements hold',
    measure: frequency,
    mutants: {
      'potentiation without its running mean': mutant(
        'step',
        'w + A_ltp * w_max * (dt / tau_x) * x * positive(u - theta_plus) * (theta_plus - theta_minus)',
      ),
      'thresholds of potentiation swapped': mutant(
        'step',
        'w + A_ltp * w_max * (dt / tau_x) * x * positive(u - theta_minus) * positive(u_plus - theta_plus)',
      ),
      'depression above θ+ only': mutant('arrival', 'w - A_ltd * w_max * positive(u_minus - theta_plus)'),
    },
  }),
  ruleCheck({
    ...common,
    id: 'clopath-stdp-step',
    ...firstOrder,
    measure: (subject) => isOfFirstOrder((step) => errorAt(subject, step)),
    mutants: {
      'time constants counted in steps': { ...own, dynamics: wrongDynamics.timeConstantInSteps },
      'step left out': mutant(
        'step',
        'w + A_ltp * w_max * (tau_plus / tau_x) * x * positive(u - theta_plus) * positive(u_plus - theta_minus)',
      ),
      'running means with each other’s time constants': implementationOf(
        withTimeConstants(clopathStdp, { u_minus: 'tau_plus', u_plus: 'tau_minus' }),
      ),
    },
  }),
];
