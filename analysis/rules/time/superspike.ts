// SuperSpike on layers of spiking neurons, by its declared equations; analysis process.
import type { ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import { learningSignals } from './e-prop.ts';
import { parsedTimeRules } from './parsed-time-rules.ts';
import {
  kept,
  type LayerSpikes,
  SenderTraces,
  type SuperSpikeLayer,
  type SuperSpikeSettings,
} from './superspike-layer.ts';
import { SynapseRows } from './synapse-rows.ts';

/**
 * The error of each neuron: target spikes less its own, through the two filters that eligibilities go through.
 * @param targets steps × neurons. @returns steps × neurons
 */
export function filteredErrors(
  settings: SuperSpikeSettings,
  targets: Float64Array,
  spikes: Float64Array,
  neurons: number,
): Float64Array {
  const rise = kept(settings.dtMilliseconds, settings.riseMilliseconds);
  const decay = kept(settings.dtMilliseconds, settings.decayMilliseconds);
  const out = new Float64Array(targets.length);
  for (let neuron = 0; neuron < neurons; neuron++) {
    let [first, second] = [0, 0];
    for (let at = neuron; at < out.length; at += neurons) {
      second += (1 - decay) * (first - second);
      first += (1 - rise) * (targets[at]! - spikes[at]! - first);
      out[at] = second;
    }
  }
  return out;
}

/** ½ ∫ e² dt, summed over neurons: the distance of van Rossum (2001). */
export const spikeTrainCost = (errors: Float64Array, dtMilliseconds: number) =>
  errors.reduce((sum, error) => sum + (error * error * dtMilliseconds) / 2, 0);

/**
 * @param senders steps × senders. @param errors steps × neurons, filtered
 * @returns neurons × senders: the change at learning rate 1
 */
export function superSpikeChange(
  { settings, weights }: SuperSpikeLayer,
  senders: Float64Array,
  { potentials }: LayerSpikes,
  errors: Float64Array,
  rule: ParsedRule = parsedTimeRules.superSpike,
): Matrix {
  const steps = potentials.length / weights.rows;
  const traces = new SenderTraces(settings, weights.columns);
  const u = new Float64Array(weights.rows);
  const error = new Float64Array(weights.rows);
  const rows = new SynapseRows(
    rule,
    {
      learningRate: 1,
      membraneTimeConstantMilliseconds: settings.membraneMilliseconds,
      synapticTimeConstantMilliseconds: settings.synapticMilliseconds,
      errorRiseTimeConstantMilliseconds: settings.riseMilliseconds,
      errorDecayTimeConstantMilliseconds: settings.decayMilliseconds,
      thresholdMillivolts: settings.threshold,
      surrogateWidthMillivolts: settings.surrogateWidth,
      maximumWeight: Number.MAX_VALUE,
    },
    { ofSenders: { x_m: traces.membrane, x_s: traces.current }, ofReceivers: { u, error } },
    weights.rows,
    weights.columns,
    settings.dtMilliseconds,
  );
  // One step more than the trial has: the error of its last step arrives after it.
  for (let step = 0; step <= steps; step++) {
    const at = step * weights.rows;
    traces.advance();
    if (step < steps) u.set(potentials.subarray(at, at + weights.rows));
    if (step > 0) error.set(errors.subarray(at - weights.rows, at));
    rows.step();
    if (step < steps) traces.add(senders.subarray(step * weights.columns, (step + 1) * weights.columns));
  }
  return new Matrix(weights.rows, weights.columns, rows.weights);
}

/** A hidden layer and an output layer; errors come to the hidden neurons over feedback of their own or the forward weights. */
export class SuperSpikeNetwork {
  readonly hidden: SuperSpikeLayer;
  readonly output: SuperSpikeLayer;
  /** outputs × hidden neurons */
  readonly feedback: Matrix;

  /** @param feedback the output layer's own weights for symmetric feedback */
  constructor(hidden: SuperSpikeLayer, output: SuperSpikeLayer, feedback: Matrix) {
    this.hidden = hidden;
    this.output = output;
    this.feedback = feedback;
  }

  /** Changes of both layers at learning rate 1, and the cost of the trial. @param targets steps × outputs */
  changes(inputs: Float64Array, targets: Float64Array): { hidden: Matrix; output: Matrix; cost: number } {
    const { settings } = this.output;
    const hidden = this.hidden.run(inputs);
    const output = this.output.run(hidden.spikes);
    const errors = filteredErrors(settings, targets, output.spikes, this.output.weights.rows);
    return {
      hidden: superSpikeChange(this.hidden, inputs, hidden, learningSignals(errors, this.feedback)),
      output: superSpikeChange(this.output, hidden.spikes, output, errors),
      cost: spikeTrainCost(errors, settings.dtMilliseconds),
    };
  }
}
