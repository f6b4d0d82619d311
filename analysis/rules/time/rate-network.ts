// A recurrent network of leaky rate neurons in discrete time, with noise and a linear readout; analysis process.
import type { Activation } from '../deep/activation.ts';
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';

export interface RateSettings {
  readonly inputs: number;
  readonly neurons: number;
  readonly outputs: number;
  readonly dtMilliseconds: number;
  readonly timeConstantMilliseconds: number;
  readonly activation: Activation;
}

/** What entered a trial beside its inputs, steps × neurons. */
export interface RateNoise {
  readonly inDrive?: Float64Array;
  readonly inRate?: Float64Array;
}

/** Of one trial; steps × neurons, and steps × outputs. */
export interface RateActivity {
  readonly steps: number;
  /** With the noise that was in them. */
  readonly drives: Float64Array;
  readonly slopes: Float64Array;
  readonly rates: Float64Array;
  readonly outputs: Float64Array;
}

/**
 * u(t) = W_in x(t) + W h(t−1) + noise; h(t) = (1 − dt/τ) h(t−1) + dt/τ (φ(u(t)) + noise); y(t) = W_out h(t)
 * (Murray 2019; Portes, Schmid & Murray 2022).
 */
export class RateNetwork {
  readonly settings: RateSettings;
  /** neurons × senders: inputs first, then the neurons. */
  readonly synapses: Matrix;
  /** outputs × neurons */
  readonly readout: Matrix;

  constructor(settings: RateSettings, synapses: Matrix, readout: Matrix) {
    this.settings = settings;
    this.synapses = synapses;
    this.readout = readout;
  }

  /** Normal weights: variance 1 / inputs, `gain`² / neurons and 1 / neurons. */
  static random(settings: RateSettings, gain: number, random: Random): RateNetwork {
    const { inputs, neurons, outputs } = settings;
    const synapses = new Matrix(neurons, inputs + neurons).map((_, index) => {
      const sender = index % (inputs + neurons);
      return random.normal() * (sender < inputs ? 1 / Math.sqrt(inputs) : gain / Math.sqrt(neurons));
    });
    return new RateNetwork(settings, synapses, Matrix.normal(outputs, neurons, 1 / Math.sqrt(neurons), random));
  }

  /** dt/τ: how much of a rate is new in a step. */
  get leak(): number {
    return this.settings.dtMilliseconds / this.settings.timeConstantMilliseconds;
  }

  copy(): RateNetwork {
    return new RateNetwork(this.settings, this.synapses.copy(), this.readout.copy());
  }

  /** @param inputs steps × inputs */
  run(inputs: Float64Array, noise: RateNoise = {}): RateActivity {
    const { neurons, outputs, inputs: width } = this.settings;
    const steps = inputs.length / width;
    const activity = {
      steps,
      drives: new Float64Array(steps * neurons),
      slopes: new Float64Array(steps * neurons),
      rates: new Float64Array(steps * neurons),
      outputs: new Float64Array(steps * outputs),
    };
    for (let step = 0; step < steps; step++)
      this.advance(activity, step, inputs.subarray(step * width, (step + 1) * width), noise);
    return activity;
  }

  /** Computes one step of a trial from the step before. @param input of this step */
  advance(activity: RateActivity, step: number, input: Float64Array, { inDrive, inRate }: RateNoise = {}): void {
    const { neurons, outputs, activation } = this.settings;
    const { drives, slopes, rates } = activity;
    const at = step * neurons;
    const senders = new Float64Array(this.synapses.columns);
    readSenders(senders, activity, step, input);
    for (let neuron = 0; neuron < neurons; neuron++) {
      const row = this.synapses.row(neuron);
      let drive = inDrive?.[at + neuron] ?? 0;
      for (let sender = 0; sender < row.length; sender++) drive += row[sender]! * senders[sender]!;
      drives[at + neuron] = drive;
      slopes[at + neuron] = activation.slope(drive);
      const before = senders[input.length + neuron]!;
      const towards = activation.of(drive) + (inRate?.[at + neuron] ?? 0);
      rates[at + neuron] = (1 - this.leak) * before + this.leak * towards;
    }
    for (let output = 0; output < outputs; output++) {
      let sum = 0;
      for (let neuron = 0; neuron < neurons; neuron++)
        sum += this.readout.values[output * neurons + neuron]! * rates[at + neuron]!;
      activity.outputs[step * outputs + output] = sum;
    }
  }
}

/** What senders give to a step: inputs now, rates of the step before. @param senders filled */
export function readSenders(senders: Float64Array, { rates }: RateActivity, step: number, input: Float64Array): void {
  const neurons = senders.length - input.length;
  senders.set(input);
  if (step === 0) senders.fill(0, input.length);
  else senders.set(rates.subarray((step - 1) * neurons, step * neurons), input.length);
}
