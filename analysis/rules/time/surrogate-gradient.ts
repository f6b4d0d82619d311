// Backpropagation through time of a spiking network with surrogate slopes, whole or stopped at recurrent spikes; analysis process.
import { Matrix } from '../base/matrix.ts';
import type { SpikingActivity } from './spiking-activity.ts';
import type { SpikingNetwork } from './spiking-network.ts';

/** Slopes of the cost, summed over everything that was added. */
export class SpikingGradient {
  /** senders × neurons */
  readonly synapses: Matrix;
  /** outputs × neurons */
  readonly readout: Matrix;

  constructor({ synapses, readout }: SpikingNetwork) {
    this.synapses = new Matrix(synapses.rows, synapses.columns);
    this.readout = new Matrix(readout.rows, readout.columns);
  }

  clear(): void {
    this.synapses.values.fill(0);
    this.readout.values.fill(0);
  }
}

export interface CreditOptions {
  /** Whether errors go back through recurrent synapses; without them it is what e-prop does, in the reverse order. */
  readonly throughRecurrence: boolean;
  /** Whether errors go back through the reset; Bellec et al. 2020 stop them. */
  readonly throughReset: boolean;
  /** outputs × neurons; the readout's own weights if left out. */
  readonly feedback?: Matrix;
  /** Slope of what else a neuron's spike costs, the same in every step: of a regulariser. */
  readonly spikeCosts?: Float64Array;
  /**
   * steps × neurons, filled: slope of the cost by each spike, except through the neuron's own later state. What e-prop
   * multiplies eligibilities with to give the whole gradient (Bellec et al. 2020, eq. 1).
   */
  readonly spikeSlopes?: Float64Array;
  /** steps × neurons, filled: slope of the cost by each potential. */
  readonly potentialSlopes?: Float64Array;
}

export const wholeGradient: CreditOptions = { throughRecurrence: true, throughReset: false };
export const stoppedGradient: CreditOptions = { throughRecurrence: false, throughReset: false };

/**
 * Adds the gradient of one trial.
 * @param inputs steps × inputs. @param errors steps × outputs, slopes of the trial's cost by the outputs
 */
export function addSurrogateGradient(
  gradient: SpikingGradient,
  network: SpikingNetwork,
  inputs: Float64Array,
  activity: SpikingActivity,
  errors: Float64Array,
  options: CreditOptions,
): void {
  const { settings, decay, readout } = network;
  const { neurons, outputs, threshold, thresholdJump } = settings;
  const feedback = (options.feedback ?? readout).values;
  const { spikes, slopes } = activity;
  const { spikeCosts, spikeSlopes } = options;
  const readoutGain = (1 - decay.readout) / settings.dtMilliseconds;
  const firstAdaptive = neurons - settings.adaptive;
  const backward = options.throughRecurrence ? recurrentRows(network) : undefined;
  const outputError = new Float64Array(outputs);
  const ofSpike = new Float64Array(neurons);
  const ofPotential = new Float64Array(neurons);
  const sloping = new Int32Array(neurons);
  const ofAdaptation = new Float64Array(neurons);
  const isError = () => outputError.some((each) => each !== 0);
  let active = spikeCosts !== undefined;
  for (let step = activity.steps - 1; step >= 0; step--) {
    const at = step * neurons;
    for (let output = 0; output < outputs; output++)
      outputError[output] = errors[step * outputs + output]! + decay.readout * outputError[output]!;
    // Nothing to go back with until the first error from the end.
    active ||= isError();
    if (!active) continue;
    addReadout(gradient.readout.values, spikes, at, outputError, readoutGain, neurons);
    // The slopes by potentials of the step after; a neuron's own is overwritten only after all have read it.
    spikeErrors(ofSpike, outputError, feedback, readoutGain);
    if (backward !== undefined) {
      let count = 0;
      for (let neuron = 0; neuron < neurons; neuron++)
        if (slopes[at + neuron] !== 0 || spikeSlopes !== undefined) sloping[count++] = neuron;
      addProducts(ofSpike, backward, ofPotential, sloping, count);
    }
    for (let neuron = 0; neuron < neurons; neuron++) {
      const slope = slopes[at + neuron]!;
      let error = ofSpike[neuron]! + (spikeCosts === undefined ? 0 : spikeCosts[neuron]!);
      if (spikeSlopes !== undefined) spikeSlopes[at + neuron] = error;
      if (options.throughReset) error -= threshold * ofPotential[neuron]!;
      ofSpike[neuron] = slope * (error + ofAdaptation[neuron]!);
    }
    for (let neuron = 0; neuron < neurons; neuron++) {
      const bySlope = ofSpike[neuron]!;
      ofPotential[neuron] = bySlope + decay.membrane * ofPotential[neuron]!;
      if (neuron >= firstAdaptive)
        ofAdaptation[neuron] = decay.adaptation * ofAdaptation[neuron]! - thresholdJump * bySlope;
    }
    options.potentialSlopes?.set(ofPotential, at);
    addSynapses(gradient.synapses.values, settings.inputs, inputs, spikes, step, ofPotential);
  }
}

/** What studies take credit by. */
export type AddGradient = typeof addSurrogateGradient;

/** neurons × neurons: from each neuron to all, side by side in memory. */
const recurrentRows = ({ synapses, settings: { inputs, neurons } }: SpikingNetwork) =>
  synapses.values.subarray(inputs * neurons);

/**
 * Adds to some elements the products of their rows with a vector; four rows at a time, whose sums do not wait for each other.
 * @param which elements, of which the first `count` count
 */
function addProducts(
  into: Float64Array,
  rows: Float64Array,
  values: Float64Array,
  which: Int32Array,
  count: number,
): void {
  const { length } = values;
  const fours = count - (count % 4);
  for (let four = 0; four < fours; four += 4) {
    const a = which[four]! * length;
    const b = which[four + 1]! * length;
    const c = which[four + 2]! * length;
    const d = which[four + 3]! * length;
    let ofA = 0;
    let ofB = 0;
    let ofC = 0;
    let ofD = 0;
    for (let index = 0; index < length; index++) {
      const value = values[index]!;
      ofA += rows[a + index]! * value;
      ofB += rows[b + index]! * value;
      ofC += rows[c + index]! * value;
      ofD += rows[d + index]! * value;
    }
    into[which[four]!]! += ofA;
    into[which[four + 1]!]! += ofB;
    into[which[four + 2]!]! += ofC;
    into[which[four + 3]!]! += ofD;
  }
  for (let rest = fours; rest < count; rest++) {
    const from = which[rest]! * length;
    let sum = 0;
    for (let index = 0; index < length; index++) sum += rows[from + index]! * values[index]!;
    into[which[rest]!]! += sum;
  }
}

/** Overwrites what the spike of each neuron costs by the outputs. @param feedback outputs × neurons */
function spikeErrors(into: Float64Array, error: Float64Array, feedback: Float64Array, gain: number): void {
  into.fill(0);
  for (let output = 0; output < error.length; output++) {
    const scaled = gain * error[output]!;
    if (scaled === 0) continue;
    const from = output * into.length;
    for (let neuron = 0; neuron < into.length; neuron++) into[neuron]! += scaled * feedback[from + neuron]!;
  }
}

function addReadout(
  sum: Float64Array,
  spikes: Uint8Array | Float64Array,
  at: number,
  error: Float64Array,
  gain: number,
  neurons: number,
): void {
  for (let neuron = 0; neuron < neurons; neuron++) {
    const spike = spikes[at + neuron]!;
    if (spike === 0) continue;
    for (let output = 0; output < error.length; output++)
      sum[output * neurons + neuron]! += gain * spike * error[output]!;
  }
}

/** Senders are sparse: only those that were active cost anything. */
function addSynapses(
  sum: Float64Array,
  inputs: number,
  values: Float64Array,
  spikes: Uint8Array | Float64Array,
  step: number,
  ofPotential: Float64Array,
): void {
  const neurons = ofPotential.length;
  for (let input = 0; input < inputs; input++) {
    const value = values[step * inputs + input]!;
    if (value === 0) continue;
    const from = input * neurons;
    for (let neuron = 0; neuron < neurons; neuron++) sum[from + neuron]! += value * ofPotential[neuron]!;
  }
  if (step === 0) return;
  const before = (step - 1) * neurons;
  for (let sender = 0; sender < neurons; sender++) {
    const spike = spikes[before + sender]!;
    if (spike === 0) continue;
    const from = (inputs + sender) * neurons;
    const own = sum[from + sender]!;
    for (let neuron = 0; neuron < neurons; neuron++) sum[from + neuron]! += spike * ofPotential[neuron]!;
    // No synapse with itself.
    sum[from + sender] = own;
  }
}
