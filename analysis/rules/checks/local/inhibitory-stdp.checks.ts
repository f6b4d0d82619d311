// Checks of inhibitory STDP: what pairs and lone arrivals do, and the rate at which it holds its receiver; analysis process.
import { vogelsIstdp } from '../../../../common/learning-rule/catalogue/vogels-istdp.ts';
import { Random } from '../../base/random.ts';
import { mean } from '../../base/vectors.ts';
import { PoissonSpikes, runProtocol } from '../../local/spike-times.ts';
import { below, type Measurement, ruleCheck, type RuleCheck } from '../check.ts';
import {
  implementationOf,
  type SpikingImplementation,
  synapsesOf,
  withEquation,
  wrongDynamics,
} from './spiking-implementation.ts';

const [tau, targetHz, eta] = [20, 5, 0.01];
const parameters = { timeConstantMilliseconds: tau, targetRateHertz: targetHz, learningFraction: eta };
const lags = [1, 3, 10, 25, 60].flatMap((lag) => [lag, -lag]);

/** Pairs in both orders, and an arrival alone: change η (exp(−|Δt|/τ) − 2 ρ₀ τ). */
function windowError(subject: SpikingImplementation, step: number): number {
  const synapses = synapsesOf(subject, parameters, lags.length + 1, step, 0.5);
  runProtocol(synapses, {
    milliseconds: 200,
    stepMilliseconds: step,
    arrivals: [...lags, 0].map(() => [100]),
    firings: [...lags.map((lag) => [100 + lag]), []],
  });
  const alone = (2 * targetHz * tau) / 1000;
  const wanted = [...lags.map((lag) => Math.exp(-Math.abs(lag) / tau) - alone), -alone];
  const errors = wanted.map((change, index) => Math.abs((synapses.weights[index]! - 0.5) / eta - change));
  return Math.max(...errors);
}

/**
 * Receivers whose rate is a drive minus ten inhibitory inputs times their weights, two too fast and two too slow at
 * first. @returns the largest distance of a receiver's rate in the last half from the target, in parts of it.
 */
function heldRate(subject: SpikingImplementation): Measurement {
  const [receivers, senders, seconds, step] = [4, 10, 300, 1];
  const count = receivers * senders;
  const strong = Float64Array.from({ length: count }, (_, synapse) => (synapse < count / 2 ? 0.1 : 0.45));
  const synapses = synapsesOf(subject, { ...parameters, learningFraction: 0.001 }, count, step, strong);
  const random = new Random(61);
  const arrivals = new PoissonSpikes(count, 0.02, new Random(62));
  const rates = new Float64Array(receivers);
  const steps = (seconds * 1000) / step;
  for (let time = 0; time < steps; time++) {
    const firings: number[] = [];
    for (let receiver = 0; receiver < receivers; receiver++) {
      const [from, to] = [receiver * senders, (receiver + 1) * senders];
      const rateHz = Math.max(0, 30 - 60 * mean(synapses.weights.subarray(from, to)));
      if (time >= steps / 2) rates[receiver]! += rateHz / (steps / 2);
      if (random.uniform() < (rateHz * step) / 1000)
        for (let synapse = from; synapse < to; synapse++) firings.push(synapse);
    }
    synapses.step({ arrivals: arrivals.next(), firings });
  }
  // The area of a trace in steps is a little less than τ.
  const wanted = (targetHz * tau * Math.expm1(step / tau)) / step;
  const worst = Math.max(...rates.map((rate) => Math.abs(rate / wanted - 1)));
  return below(worst, 0.1, `mean rate ${mean(rates).toFixed(2)} Hz, expected ${wanted.toFixed(2)}`);
}

const own = implementationOf(vogelsIstdp);
const mutant = (event: 'arrival' | 'firing', equation: string) =>
  implementationOf(withEquation(vogelsIstdp, event, 'w', equation));

export const inhibitoryStdpChecks: readonly RuleCheck[] = [
  ruleCheck({
    id: 'vogels-istdp-window',
    rules: ['vogels-istdp'],
    title: 'Pairs strengthen alike in both orders, and each arrival weakens by 2 ρ₀ τ',
    source: 'Vogels et al. 2011',
    gate: 'largest error < 1e-12 of η, with steps of 1, 0.5 and 0.1 ms',
    subject: own,
    measure: (subject) => below(Math.max(...[1, 0.5, 0.1].map((step) => windowError(subject, step))), 1e-12),
    mutants: {
      'depression by late arrivals, as at excitatory synapses': mutant(
        'arrival',
        'w + eta * w_max * (-y - 2 * rho0 * tau)',
      ),
      'weakened by firing, not by arrival': implementationOf({
        ...vogelsIstdp,
        on: { arrival: { w: 'w + eta * w_max * y' }, firing: { w: 'w + eta * w_max * (x - 2 * rho0 * tau)' } },
      }),
      'traces read after their own increment': { ...own, dynamics: wrongDynamics.readAfterIncrement },
      'time constant counted in steps': { ...own, dynamics: wrongDynamics.timeConstantInSteps },
    },
  }),
  ruleCheck({
    id: 'vogels-istdp-held-rate',
    rules: ['vogels-istdp'],
    title: 'Receivers that fire too fast and too slowly come to fire at the target rate',
    source: 'Vogels et al. 2011, balance of excitation and inhibition',
    gate: 'each of four rates within 10 % of 5 Hz, corrected for the step',
    subject: own,
    measure: heldRate,
    mutants: {
      'factor 2 of the target missing': mutant('arrival', 'w + eta * w_max * (y - rho0 * tau)'),
      'sign of the whole rule': implementationOf({
        ...vogelsIstdp,
        on: { arrival: { w: 'w - eta * w_max * (y - 2 * rho0 * tau)' }, firing: { w: 'w - eta * w_max * x' } },
      }),
      'only pairs with the arrival first': mutant('arrival', 'w - eta * w_max * 2 * rho0 * tau'),
    },
  }),
];
