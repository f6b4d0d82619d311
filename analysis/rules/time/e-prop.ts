// e-prop of a recorded trial by the declared equations: eligibility traces forward in time, times learning signals; analysis process.
import type { RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import type { ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import { parsedTimeRules } from './parsed-time-rules.ts';
import type { SpikingActivity } from './spiking-activity.ts';
import type { SpikingNetwork } from './spiking-network.ts';
import { SynapseRows } from './synapse-rows.ts';

/** What synapses are shown of a trial. */
export interface EPropReads {
  /** Brings the traces of all senders, inputs first, to a step: what their spikes have left in a membrane. */
  advanceTraces(traces: Float64Array, network: SpikingNetwork, trial: RecordedTrial, step: number): void;
  /** The potential of a neuron. A neuron that cannot fire shows one from which it is far. */
  potential(network: SpikingNetwork, activity: SpikingActivity, step: number, neuron: number): number;
  /** What the neuron's spikes have left in its threshold. */
  adaptation(activity: SpikingActivity, step: number, neuron: number): number;
}

export interface RecordedTrial {
  /** steps × inputs */
  readonly inputs: Float64Array;
  /** With its states. */
  readonly activity: SpikingActivity;
}

export interface EProp {
  readonly lif: ParsedRule;
  readonly alif: ParsedRule;
  readonly reads: EPropReads;
}

export const ePropReads: EPropReads = {
  advanceTraces(traces, { settings: { inputs, neurons }, decay }, { inputs: values, activity }, step) {
    for (let input = 0; input < inputs; input++)
      traces[input] = decay.membrane * traces[input]! + values[step * inputs + input]!;
    for (let neuron = 0; neuron < neurons; neuron++) {
      const spike = step === 0 ? 0 : activity.spikes[(step - 1) * neurons + neuron]!;
      traces[inputs + neuron] = decay.membrane * traces[inputs + neuron]! + spike;
    }
  },
  potential({ settings }, { slopes, states, neurons }, step, neuron) {
    const at = step * neurons + neuron;
    if (slopes[at] !== 0) return states!.potentials[at]!;
    const threshold = settings.threshold + settings.thresholdJump * states!.adaptations[at]!;
    return threshold - 2 * settings.surrogateWidth;
  },
  adaptation: ({ states, neurons }, step, neuron) => states!.adaptations[step * neurons + neuron]!,
};

export const eProp: EProp = { lif: parsedTimeRules.ePropLif, alif: parsedTimeRules.ePropAlif, reads: ePropReads };

/**
 * @param signals steps × neurons: slope of the trial's cost by what a spike of the neuron in that step, as the readout filters
 * it, does (Bellec et al. 2020, eq. 4)
 * @param readoutMilliseconds of the filter; 0 when `signals` are slopes by the spikes themselves
 * @returns senders × neurons: the change by the rule at learning rate 1; minus the gradient for true signals
 */
export function ePropChange(
  { lif, alif, reads }: EProp,
  network: SpikingNetwork,
  trial: RecordedTrial,
  signals: Float64Array,
  readoutMilliseconds: number = network.settings.readoutMilliseconds,
): Matrix {
  const { settings, synapses } = network;
  const { neurons, adaptive, dtMilliseconds } = settings;
  const traces = new Float64Array(synapses.rows);
  const parts = [
    { rule: lif, first: 0, count: neurons - adaptive },
    { rule: alif, first: neurons - adaptive, count: adaptive },
  ].map(({ rule, first, count }) => {
    const ofReceivers = { u: new Float64Array(count), s: new Float64Array(count), error: new Float64Array(count) };
    const parameters = ruleParameters(network, readoutMilliseconds);
    const values = { ofSenders: { x: traces }, ofReceivers };
    return {
      first,
      ofReceivers,
      rows: new SynapseRows(rule, parameters, values, count, synapses.rows, dtMilliseconds),
    };
  });
  const { activity } = trial;
  // One step more than the trial has: the signal about its last step arrives after it.
  for (let step = 0; step <= activity.steps; step++) {
    const isInside = step < activity.steps;
    if (isInside) reads.advanceTraces(traces, network, trial, step);
    for (const { first, ofReceivers, rows } of parts) {
      for (let index = 0; index < rows.receivers; index++) {
        const neuron = first + index;
        ofReceivers.u[index] = isInside ? reads.potential(network, activity, step, neuron) : 0;
        ofReceivers.s[index] = isInside ? reads.adaptation(activity, step, neuron) : 0;
        ofReceivers.error[index] = step === 0 ? 0 : signals[(step - 1) * neurons + neuron]! / dtMilliseconds;
      }
      rows.step();
    }
  }
  const change = new Matrix(synapses.rows, neurons);
  for (const { first, rows } of parts) {
    for (let index = 0; index < rows.receivers; index++) {
      for (let sender = 0; sender < synapses.rows; sender++)
        change.values[sender * neurons + first + index] = rows.weights[index * rows.senders + sender]!;
    }
  }
  withoutSelf(change, settings.inputs);
  return change;
}

/** The rule's parameters for a network; 1 of its pure numbers is 1 mV. */
function ruleParameters({ settings }: SpikingNetwork, readoutMilliseconds: number): RuleParameters {
  return {
    // The slope is in units of the width in the rule.
    learningRate: 1 / settings.surrogateWidth,
    membraneTimeConstantMilliseconds: settings.membraneMilliseconds,
    readoutTimeConstantMilliseconds: readoutMilliseconds,
    adaptationTimeConstantMilliseconds: settings.adaptationMilliseconds,
    thresholdMillivolts: settings.threshold,
    thresholdJumpMillivolts: settings.thresholdJump,
    surrogateWidthMillivolts: settings.surrogateWidth,
    surrogateGain: settings.surrogateGain,
    // Changes are summed from 0: the weight itself is not read.
    maximumWeight: Number.MAX_VALUE,
  };
}

/** A neuron has no synapse with itself. @param change senders × neurons */
function withoutSelf(change: Matrix, inputs: number): void {
  for (let neuron = 0; neuron < change.columns; neuron++) change.row(inputs + neuron)[neuron] = 0;
}

/**
 * @param errors steps × outputs. @param feedback outputs × neurons
 * @returns steps × neurons
 */
export function learningSignals(errors: Float64Array, feedback: Matrix): Float64Array {
  const steps = errors.length / feedback.rows;
  return new Matrix(steps, feedback.rows, errors.slice()).times(feedback).values;
}
