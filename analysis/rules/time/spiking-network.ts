// A recurrent network of spiking neurons in discrete time, LIF and LIF with an adaptive threshold, with leaky readouts; analysis process.
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import { SpikingActivity } from './spiking-activity.ts';

/** Weights and potentials are pure numbers: 1 is 1 mV where a rule wants mV. */
export interface SpikingSettings {
  readonly inputs: number;
  readonly neurons: number;
  /** How many of the neurons, the last ones, have an adaptive threshold. */
  readonly adaptive: number;
  readonly outputs: number;
  readonly dtMilliseconds: number;
  readonly membraneMilliseconds: number;
  readonly adaptationMilliseconds: number;
  readonly readoutMilliseconds: number;
  readonly threshold: number;
  /** Jump of the threshold by a spike. */
  readonly thresholdJump: number;
  /** Steps after a spike in which a neuron cannot fire. */
  readonly refractorySteps: number;
  /** Height of the surrogate slope times its width, γ, per ms. */
  readonly surrogateGain: number;
  readonly surrogateWidth: number;
}

/** As in Bellec et al. 2020 for evidence accumulation. */
export const evidenceSettings: SpikingSettings = {
  inputs: 40,
  neurons: 100,
  adaptive: 50,
  outputs: 2,
  dtMilliseconds: 1,
  membraneMilliseconds: 20,
  adaptationMilliseconds: 2000,
  readoutMilliseconds: 20,
  threshold: 0.6,
  thresholdJump: (1.7 * (1 - Math.exp(-1 / 2000))) / (1 - Math.exp(-1 / 20)),
  refractorySteps: 5,
  surrogateGain: 0.3,
  surrogateWidth: 0.6,
};

/**
 * In a step: a(t) = ρ a(t−1) + z(t−1); v(t) = α v(t−1) + Σ w x(t) + Σ w z(t−1) − θ z(t−1); z(t) = v(t) > θ + β a(t);
 * y(t) = κ y(t−1) + (1 − κ) W_out z(t) / dt (Bellec et al. 2020, Methods).
 */
export class SpikingNetwork {
  readonly settings: SpikingSettings;
  /** senders × neurons: inputs first, then the neurons themselves; a neuron has no synapse with itself. */
  readonly synapses: Matrix;
  /** outputs × neurons */
  readonly readout: Matrix;
  /** What a membrane keeps of its potential in a step, what a threshold keeps, what a readout keeps. */
  readonly decay: { readonly membrane: number; readonly adaptation: number; readonly readout: number };

  constructor(settings: SpikingSettings, synapses: Matrix, readout: Matrix) {
    this.settings = settings;
    this.synapses = synapses;
    this.readout = readout;
    const kept = (timeConstant: number) => Math.exp(-settings.dtMilliseconds / timeConstant);
    this.decay = {
      membrane: kept(settings.membraneMilliseconds),
      adaptation: kept(settings.adaptationMilliseconds),
      readout: kept(settings.readoutMilliseconds),
    };
  }

  /** Synapses are normal with variance 1 / inputs and `gain`² / neurons; readouts uniform within √(6 / (neurons + outputs)). */
  static random(settings: SpikingSettings, random: Random, gain = 1): SpikingNetwork {
    const { inputs, neurons, outputs } = settings;
    const synapses = new Matrix(inputs + neurons, neurons);
    for (let sender = 0; sender < inputs + neurons; sender++) {
      const deviation = sender < inputs ? 1 / Math.sqrt(inputs) : gain / Math.sqrt(neurons);
      const row = synapses.row(sender);
      for (let receiver = 0; receiver < neurons; receiver++) row[receiver] = deviation * random.normal();
      if (sender >= inputs) row[sender - inputs] = 0;
    }
    const limit = Math.sqrt(6 / (neurons + outputs));
    const readout = new Matrix(outputs, neurons).map(() => limit * (2 * random.uniform() - 1));
    return new SpikingNetwork(settings, synapses, readout);
  }

  copy(): SpikingNetwork {
    return new SpikingNetwork(this.settings, this.synapses.copy(), this.readout.copy());
  }

  /**
   * @param inputs steps × inputs
   * @param activity overwritten and given back; a new one if left out
   * @param noise steps × neurons, added to the potentials
   */
  run(inputs: Float64Array, activity?: SpikingActivity, noise?: Float64Array): SpikingActivity {
    const { settings, synapses, readout, decay } = this;
    const { neurons, outputs, threshold, refractorySteps, surrogateWidth, dtMilliseconds } = settings;
    const steps = inputs.length / settings.inputs;
    const into = activity ?? new SpikingActivity(steps, neurons, outputs);
    const firstAdaptive = neurons - settings.adaptive;
    const height = (settings.surrogateGain * dtMilliseconds) / surrogateWidth;
    const { spikes, slopes } = into;
    const { thresholdJump, inputs: inputCount } = settings;
    const { membrane, adaptation: kept } = decay;
    const weights = synapses.values;
    const potential = new Float64Array(neurons);
    const adaptation = new Float64Array(neurons);
    const restsUntil = new Int32Array(neurons).fill(-1);
    const firing = new Int32Array(neurons);
    const current = new Float64Array(neurons);
    let fired = 0;
    spikes.fill(0);
    slopes.fill(0);
    for (let step = 0; step < steps; step++) {
      current.fill(0);
      for (let input = 0; input < inputCount; input++) {
        const value = inputs[step * inputCount + input]!;
        if (value !== 0) addRow(current, weights, input * neurons, value);
      }
      for (let neuron = firstAdaptive; neuron < neurons; neuron++) adaptation[neuron]! *= kept;
      for (let index = 0; index < fired; index++) {
        const neuron = firing[index]!;
        addRow(current, weights, (inputCount + neuron) * neurons, 1);
        current[neuron]! -= threshold;
        if (neuron >= firstAdaptive) adaptation[neuron]! += 1;
      }
      fired = 0;
      const at = step * neurons;
      if (noise !== undefined) addRow(current, noise, at, 1);
      for (let neuron = 0; neuron < neurons; neuron++) {
        const v = membrane * potential[neuron]! + current[neuron]!;
        potential[neuron] = v;
        const above = v - threshold - thresholdJump * adaptation[neuron]!;
        if (step <= restsUntil[neuron]!) continue;
        const near = 1 - Math.abs(above) / surrogateWidth;
        // Zero where it is negative, without a branch: which neurons are near their threshold cannot be foreseen.
        slopes[at + neuron] = height * (0.5 * (near + Math.abs(near)));
        if (!(above > 0)) continue;
        spikes[at + neuron] = 1;
        firing[fired++] = neuron;
        restsUntil[neuron] = step + refractorySteps;
      }
      into.recordStates(step, potential, adaptation);
      for (let output = 0; output < outputs; output++) {
        let sum = 0;
        for (let index = 0; index < fired; index++) sum += readout.values[output * neurons + firing[index]!]!;
        const before = step === 0 ? 0 : into.outputs[(step - 1) * outputs + output]!;
        into.outputs[step * outputs + output] = decay.readout * before + ((1 - decay.readout) / dtMilliseconds) * sum;
      }
    }
    return into;
  }
}

function addRow(sum: Float64Array, weights: Float64Array, from: number, factor: number): void {
  for (let index = 0; index < sum.length; index++) sum[index]! += factor * weights[from + index]!;
}
