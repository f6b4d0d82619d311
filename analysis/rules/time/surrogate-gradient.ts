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
   * steps × neurons, filled: slope of the cost by each spike, through the network and, where errors go back through it, the
   * reset; never through the neuron's own membrane and threshold. What e-prop, whose eligibilities have no reset, multiplies
   * them with to give the whole gradient (Bellec et al. 2020, eq. 1).
   */
  readonly spikeSlopes?: Float64Array;
  /** steps × neurons, filled: slope of the cost by each potential. */
  readonly potentialSlopes?: Float64Array;
}

/** All but the reset: what e-prop with the total slope of each spike gives (Bellec et al. 2020, eq. 1). */
export const wholeGradient: CreditOptions = { throughRecurrence: true, throughReset: false };
/** What the network's own equations have: the reference to learn by. */
export const gradientWithReset: CreditOptions = { throughRecurrence: true, throughReset: true };
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
  const { neurons, outputs, thresholdJump } = settings;
  const { spikeCosts, spikeSlopes, potentialSlopes } = options;
  const feedback = (options.feedback ?? readout).values;
  const { spikes, slopes } = activity;
  const readoutGain = (1 - decay.readout) / settings.dtMilliseconds;
  const resetJump = options.throughReset ? settings.threshold : 0;
  const firstAdaptive = neurons - settings.adaptive;
  const backward = options.throughRecurrence ? recurrentRows(network) : undefined;
  const outputError = new Float64Array(outputs);
  const ofSpike = new Float64Array(neurons);
  const ofPotential = new Float64Array(neurons);
  const ofAdaptation = new Float64Array(neurons);
  const wanted = new Int32Array(neurons);
  let [fired, firedBefore] = [new ActiveSenders(neurons), new ActiveSenders(neurons)];
  let active = spikeCosts !== undefined;
  firedBefore.find(spikes, (activity.steps - 1) * neurons);
  for (let step = activity.steps - 1; step >= 0; step--) {
    const at = step * neurons;
    for (let output = 0; output < outputs; output++) {
      const error = errors[step * outputs + output]! + decay.readout * outputError[output]!;
      outputError[output] = error;
      active ||= error !== 0;
    }
    [fired, firedBefore] = [firedBefore, fired];
    if (step > 0) firedBefore.find(spikes, at - neurons);
    // Nothing to go back with until the first error from the end.
    if (!active) continue;
    addReadout(gradient.readout.values, fired, outputError, readoutGain, neurons);
    setSpikeErrors(ofSpike, outputError, feedback, readoutGain);
    if (spikeCosts !== undefined)
      for (let neuron = 0; neuron < neurons; neuron++) ofSpike[neuron]! += spikeCosts[neuron]!;
    if (backward !== undefined) {
      // Only slopes that are not zero let an error through: two in five at 10 Hz.
      let count = 0;
      for (let neuron = 0; neuron < neurons; neuron++) {
        wanted[count] = neuron;
        count += slopes[at + neuron] !== 0 || spikeSlopes !== undefined ? 1 : 0;
      }
      addRowProducts(ofSpike, backward, ofPotential, wanted, count);
    }
    if (resetJump !== 0)
      for (let neuron = 0; neuron < neurons; neuron++) ofSpike[neuron]! -= resetJump * ofPotential[neuron]!;
    spikeSlopes?.set(ofSpike, at);
    for (let neuron = 0; neuron < firstAdaptive; neuron++)
      ofPotential[neuron] = slopes[at + neuron]! * ofSpike[neuron]! + decay.membrane * ofPotential[neuron]!;
    for (let neuron = firstAdaptive; neuron < neurons; neuron++) {
      const bySlope = slopes[at + neuron]! * (ofSpike[neuron]! + ofAdaptation[neuron]!);
      ofPotential[neuron] = bySlope + decay.membrane * ofPotential[neuron]!;
      ofAdaptation[neuron] = decay.adaptation * ofAdaptation[neuron]! - thresholdJump * bySlope;
    }
    potentialSlopes?.set(ofPotential, at);
    addInputs(gradient.synapses.values, settings.inputs, inputs, step, ofPotential);
    if (step > 0) addRecurrent(gradient.synapses.values, settings.inputs, firedBefore, ofPotential);
  }
}

/** What studies take credit by. */
export type AddGradient = typeof addSurrogateGradient;

/** neurons × neurons: from each neuron to all, side by side in memory. */
const recurrentRows = ({ synapses, settings: { inputs, neurons } }: SpikingNetwork) =>
  synapses.values.subarray(inputs * neurons);

/** Neurons that were active in a step; memory of its own, used again in each step. */
export class ActiveSenders {
  readonly neurons: Int32Array;
  /** How much each was active: 1 for a spike. */
  readonly values: Float64Array;
  count = 0;

  constructor(neurons: number) {
    this.neurons = new Int32Array(neurons);
    this.values = new Float64Array(neurons);
  }

  /** @param at where the step begins in `spikes` */
  find(spikes: Uint8Array | Float64Array, at: number): void {
    const { neurons, values } = this;
    let count = 0;
    for (let neuron = 0; neuron < neurons.length; neuron++) {
      const spike = spikes[at + neuron]!;
      if (spike === 0) continue;
      neurons[count] = neuron;
      values[count] = spike;
      count++;
    }
    this.count = count;
  }
}

/**
 * To each wanted element of `sum` the product of its row with `values`. Four rows go together: their sums do not wait for each
 * other, and a value is read once for all four.
 * @param rows one of `values.length` for each element. @param wanted the first `count` are indices of elements
 */
function addRowProducts(
  sum: Float64Array,
  rows: Float64Array,
  values: Float64Array,
  wanted: Int32Array,
  count: number,
): void {
  const { length } = values;
  let index = 0;
  for (; index + 3 < count; index += 4) {
    const [i, j, k, l] = [wanted[index]!, wanted[index + 1]!, wanted[index + 2]!, wanted[index + 3]!];
    const [fromI, fromJ, fromK, fromL] = [i * length, j * length, k * length, l * length];
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let column = 0; column < length; column++) {
      const value = values[column]!;
      a += rows[fromI + column]! * value;
      b += rows[fromJ + column]! * value;
      c += rows[fromK + column]! * value;
      d += rows[fromL + column]! * value;
    }
    sum[i]! += a;
    sum[j]! += b;
    sum[k]! += c;
    sum[l]! += d;
  }
  for (; index < count; index++) {
    const row = wanted[index]!;
    let a = 0;
    for (let column = 0; column < length; column++) a += rows[row * length + column]! * values[column]!;
    sum[row]! += a;
  }
}

/** @param ofSpike overwritten */
function setSpikeErrors(ofSpike: Float64Array, error: Float64Array, feedback: Float64Array, gain: number): void {
  const neurons = ofSpike.length;
  ofSpike.fill(0);
  for (let output = 0; output < error.length; output++) {
    const scaled = gain * error[output]!;
    if (scaled === 0) continue;
    const from = output * neurons;
    for (let neuron = 0; neuron < neurons; neuron++) ofSpike[neuron]! += scaled * feedback[from + neuron]!;
  }
}

function addReadout(sum: Float64Array, fired: ActiveSenders, error: Float64Array, gain: number, neurons: number): void {
  for (let index = 0; index < fired.count; index++) {
    for (let output = 0; output < error.length; output++)
      sum[output * neurons + fired.neurons[index]!]! += gain * fired.values[index]! * error[output]!;
  }
}

/** Inputs are sparse: only those that were active cost anything. */
export function addInputs(
  sum: Float64Array,
  inputs: number,
  values: Float64Array,
  step: number,
  ofPotential: Float64Array,
): void {
  const at = step * inputs;
  for (let input = 0; input < inputs; input++) {
    const value = values[at + input]!;
    if (value !== 0) addRow(sum, input * ofPotential.length, value, ofPotential);
  }
}

/** @param firedBefore in the step before: their spikes arrive now */
export function addRecurrent(
  sum: Float64Array,
  inputs: number,
  firedBefore: ActiveSenders,
  ofPotential: Float64Array,
): void {
  for (let index = 0; index < firedBefore.count; index++) {
    const sender = firedBefore.neurons[index]!;
    const from = (inputs + sender) * ofPotential.length;
    const own = sum[from + sender]!;
    addRow(sum, from, firedBefore.values[index]!, ofPotential);
    // No synapse with itself.
    sum[from + sender] = own;
  }
}

function addRow(sum: Float64Array, from: number, factor: number, values: Float64Array): void {
  for (let index = 0; index < values.length; index++) sum[from + index]! += factor * values[index]!;
}
