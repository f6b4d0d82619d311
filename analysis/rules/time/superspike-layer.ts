// Layers of spiking neurons with double-exponential synapses, as SuperSpike trains them; analysis process.
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';

export interface SuperSpikeSettings {
  readonly dtMilliseconds: number;
  readonly membraneMilliseconds: number;
  readonly synapticMilliseconds: number;
  readonly riseMilliseconds: number;
  readonly decayMilliseconds: number;
  readonly threshold: number;
  readonly surrogateWidth: number;
}

export const superSpikeSettings: SuperSpikeSettings = {
  dtMilliseconds: 1,
  membraneMilliseconds: 10,
  synapticMilliseconds: 5,
  riseMilliseconds: 5,
  decayMilliseconds: 10,
  threshold: 1,
  surrogateWidth: 1,
};

/** What is left after a step. */
export const kept = (dt: number, timeConstant: number) => Math.exp(-dt / timeConstant);

/** Spikes of a layer and the potentials they came from; steps × neurons. */
export interface LayerSpikes {
  readonly spikes: Float64Array;
  readonly potentials: Float64Array;
}

/** u = Σ w (trace in the membrane − trace in the current) − what own spikes have taken off; a spike where u is above θ. */
export class SuperSpikeLayer {
  readonly settings: SuperSpikeSettings;
  /** neurons × senders */
  readonly weights: Matrix;

  constructor(settings: SuperSpikeSettings, weights: Matrix) {
    this.settings = settings;
    this.weights = weights;
  }

  static random(settings: SuperSpikeSettings, neurons: number, senders: number, size: number, random: Random) {
    return new SuperSpikeLayer(settings, Matrix.normal(neurons, senders, size / Math.sqrt(senders), random));
  }

  /** @param senders steps × senders, their spikes */
  run(senders: Float64Array): LayerSpikes {
    const { weights, settings } = this;
    const steps = senders.length / weights.columns;
    const spikes = new Float64Array(steps * weights.rows);
    const potentials = new Float64Array(steps * weights.rows);
    const traces = new SenderTraces(settings, weights.columns);
    const taken = new Float64Array(weights.rows);
    const leak = kept(settings.dtMilliseconds, settings.membraneMilliseconds);
    for (let step = 0; step < steps; step++) {
      traces.advance();
      for (let neuron = 0; neuron < weights.rows; neuron++) {
        const row = weights.row(neuron);
        taken[neuron]! *= leak;
        let u = -taken[neuron]!;
        for (let sender = 0; sender < row.length; sender++)
          u += row[sender]! * (traces.membrane[sender]! - traces.current[sender]!);
        potentials[step * weights.rows + neuron] = u;
        if (u <= settings.threshold) continue;
        spikes[step * weights.rows + neuron] = 1;
        taken[neuron]! += settings.threshold;
      }
      traces.add(senders.subarray(step * weights.columns, (step + 1) * weights.columns));
    }
    return { spikes, potentials };
  }
}

/** What synapses read of their senders: a spike counts from the step after it. */
export class SenderTraces {
  readonly membrane: Float64Array;
  readonly current: Float64Array;
  readonly #membraneKept: number;
  readonly #currentKept: number;

  constructor(settings: SuperSpikeSettings, senders: number) {
    this.membrane = new Float64Array(senders);
    this.current = new Float64Array(senders);
    this.#membraneKept = kept(settings.dtMilliseconds, settings.membraneMilliseconds);
    this.#currentKept = kept(settings.dtMilliseconds, settings.synapticMilliseconds);
  }

  advance(): void {
    for (let sender = 0; sender < this.membrane.length; sender++) {
      this.membrane[sender]! *= this.#membraneKept;
      this.current[sender]! *= this.#currentKept;
    }
  }

  add(spikes: Float64Array): void {
    for (let sender = 0; sender < spikes.length; sender++) {
      this.membrane[sender]! += spikes[sender]!;
      this.current[sender]! += spikes[sender]!;
    }
  }
}
