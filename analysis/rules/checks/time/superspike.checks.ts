// Checks of SuperSpike against the surrogate gradient of the distance of spike trains; analysis process.
import type { ParsedRule } from '../../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { norm, relativeError } from '../../base/vectors.ts';
import { parsedTimeRules } from '../../time/parsed-time-rules.ts';
import { filteredErrors, spikeTrainCost, superSpikeChange, SuperSpikeNetwork } from '../../time/superspike.ts';
import { SuperSpikeLayer, superSpikeSettings } from '../../time/superspike-layer.ts';
import { below, near, type RuleCheck, ruleCheck } from '../check.ts';
import { withReplaced, withStep } from './changed-rule.ts';

const rules = ['superspike'];
const source = 'Zenke & Ganguli 2018, Neural Comput. 30:1514';
const rule = parsedTimeRules.superSpike;
const spikeTrain = (length: number, probability: number, random: Random) =>
  Float64Array.from({ length }, () => Number(random.uniform() < probability));

function layerTrial(seed: number) {
  const random = new Random(seed);
  const layer = SuperSpikeLayer.random(superSpikeSettings, 4, 20, 6, random);
  const senders = spikeTrain(150 * 20, 0.05, random);
  const activity = layer.run(senders);
  const targets = spikeTrain(150 * 4, 0.03, random);
  return { layer, senders, activity, errors: filteredErrors(superSpikeSettings, targets, activity.spikes, 4) };
}

/** Minus the gradient of the cost, backwards in time through both filters, with nothing in common with the online form. */
function backwards({ senders, activity, errors }: ReturnType<typeof layerTrial>): Matrix {
  const { riseMilliseconds, decayMilliseconds, membraneMilliseconds, synapticMilliseconds } = superSpikeSettings;
  const [rise, decay] = [Math.exp(-1 / riseMilliseconds), Math.exp(-1 / decayMilliseconds)];
  const change = new Matrix(4, 20);
  const steps = errors.length / 4;
  for (let neuron = 0; neuron < 4; neuron++) {
    let [ofFirst, ofSecond] = [0, 0];
    for (let step = steps - 1; step >= 0; step--) {
      // The second filter reads what the first was a step before.
      ofFirst = rise * ofFirst + (1 - decay) * ofSecond;
      ofSecond = errors[step * 4 + neuron]! + decay * ofSecond;
      const distance = Math.abs(activity.potentials[step * 4 + neuron]! - superSpikeSettings.threshold);
      const slope = Math.max(0, 1 - distance / superSpikeSettings.surrogateWidth) ** 2;
      const factor = (1 - rise) * ofFirst * slope;
      if (factor === 0) continue;
      for (let sender = 0; sender < 20; sender++) {
        for (let spike = 0; spike < step; spike++) {
          if (senders[spike * 20 + sender] === 0) continue;
          const age = step - spike;
          change.row(neuron)[sender]! +=
            factor * (Math.exp(-age / membraneMilliseconds) - Math.exp(-age / synapticMilliseconds));
        }
      }
    }
  }
  return change;
}

/** Cost after learning over cost before, one neuron and a frozen input pattern. */
function costLeft(of: ParsedRule): number {
  const random = new Random(5);
  const layer = SuperSpikeLayer.random(superSpikeSettings, 1, 60, 3, random);
  const senders = spikeTrain(250 * 60, 0.02, random);
  const targets = new Float64Array(250);
  for (const step of [40, 90, 150, 210]) targets[step] = 1;
  const costs: number[] = [];
  for (let iteration = 0; iteration < 200; iteration++) {
    const activity = layer.run(senders);
    const errors = filteredErrors(superSpikeSettings, targets, activity.spikes, 1);
    costs.push(spikeTrainCost(errors, 1));
    const change = superSpikeChange(layer, senders, activity, errors, of).values;
    const size = Math.max(norm(change), 1e-9);
    for (let weight = 0; weight < change.length; weight++)
      layer.weights.values[weight]! += (0.3 * change[weight]!) / size;
  }
  return Math.min(...costs.slice(-20)) / costs[0]!;
}

export const superSpikeChecks: readonly RuleCheck[] = [
  ruleCheck({
    id: 'superspike-equals-surrogate-bptt',
    rules,
    title: 'Of a single layer the online rule is the surrogate gradient of the distance of spike trains',
    source,
    gate: 'relative error < 1e-10, 3 layers of 4 neurons, 20 senders, 150 steps',
    subject: rule,
    mutants: {
      'eligibility not filtered': withStep(rule, { w: `w + eta * error * (${slopeTimesPotential()}) * dt` }),
      'eligibility filtered once': withStep(rule, { w: 'w + eta * error * rise * dt' }),
      'slope not read': withReplaced(rule, 'positive(1 - abs(u - theta) / v_0)^2 * ', ''),
      'triangle in place of its square': withReplaced(rule, 'v_0)^2', 'v_0)'),
      'trace of the membrane only': withReplaced(rule, '(x_m - x_s)', 'x_m'),
      'time constants of rise and decay the same': withReplaced(rule, 'tau_rise', 'tau_decay'),
      'sign of the change': withReplaced(rule, 'w + eta', 'w - eta'),
    },
    measure: (subject) =>
      below(
        Math.max(
          ...[1, 2, 3].map((seed) => {
            const trial = layerTrial(seed);
            const gradient = backwards(trial).values;
            const change = superSpikeChange(trial.layer, trial.senders, trial.activity, trial.errors, subject);
            return norm(gradient) === 0 ? Infinity : relativeError(change.values, gradient);
          }),
        ),
        1e-10,
      ),
  }),
  ruleCheck({
    id: 'superspike-learns-a-spike-train',
    rules,
    title: 'One neuron learns when to fire in a frozen pattern of input spikes',
    source: `${source}, fig. 2`,
    gate: 'cost after 200 presentations < 0.4 of the cost before',
    subject: rule,
    mutants: {
      'sign of the change': withReplaced(rule, 'w + eta', 'w - eta'),
      'error not read': withReplaced(rule, 'eta * error * lambda', 'eta * lambda'),
      'sender not read': withReplaced(rule, '(x_m - x_s)', '1'),
    },
    measure: (subject) => below(costLeft(subject), 0.4),
  }),
  ruleCheck({
    id: 'superspike-is-silent-without-an-error',
    rules,
    title: 'When a layer fires as it should nothing changes',
    source: 'definition',
    gate: 'largest change < 1e-14',
    subject: rule,
    mutants: {
      'constant in the error': withReplaced(rule, 'eta * error', 'eta * (error + 1e-6)'),
      'weights decay with activity': withStep(rule, { w: 'w + eta * (error - 1e-6) * lambda * dt' }),
    },
    measure: (subject) => {
      const { layer, senders, activity } = layerTrial(1);
      const errors = filteredErrors(superSpikeSettings, activity.spikes, activity.spikes, 4);
      const change = superSpikeChange(layer, senders, activity, errors, subject);
      return near(Math.max(...change.values.map(Math.abs)), 0, 1e-14);
    },
  }),
  ruleCheck({
    id: 'superspike-hidden-feedback-is-local',
    rules,
    title: 'With feedback of its own a hidden layer does not know the weights of the layer above',
    source: 'what the rule declares that it reads',
    gate: 'largest difference of the hidden change = 0 when output weights are others that make the same spikes',
    subject: (output: SuperSpikeLayer, random: Random) =>
      Matrix.normal(output.weights.rows, output.weights.columns, 1, random),
    mutants: {
      'output weights as feedback': (output: SuperSpikeLayer) => output.weights,
      'signs of output weights': (output: SuperSpikeLayer, random: Random) =>
        output.weights.map((weight) => Math.sign(weight) * Math.abs(random.normal())),
    },
    measure: (feedback) => {
      const random = new Random(3);
      const inputs = spikeTrain(100 * 20, 0.05, random);
      const targets = spikeTrain(100 * 2, 0.03, random);
      const hidden = SuperSpikeLayer.random(superSpikeSettings, 8, 20, 6, random);
      // Output weights so small that no output fires: errors are the same whatever they are.
      const changes = [1, 2].map((seed) => {
        const output = SuperSpikeLayer.random(superSpikeSettings, 2, 8, 1e-3, new Random(seed, 3));
        return new SuperSpikeNetwork(hidden, output, feedback(output, new Random(4))).changes(inputs, targets).hidden;
      });
      if (norm(changes[0]!.values) === 0) return near(Infinity, 0, 0);
      return near(Math.max(...changes[0]!.minus(changes[1]!).values.map(Math.abs)), 0, 0);
    },
  }),
];

function slopeTimesPotential(): string {
  return 'positive(1 - abs(u - theta) / v_0)^2 * (x_m - x_s)';
}
