// Leaky integrate-and-fire neurons with exponential synaptic currents, advanced exactly; simulation process.
import { SimulationFaultError } from '../../../common/simulation-protocol/fault.ts';
import type { CompiledPopulation } from '../../network/compiled-network.ts';
import { key, mix, normal } from '../../network/random.ts';
import { SpikeHistory } from './spike-history.ts';

/** Values below this are set to zero: a decay never leaves the subnormal numbers, and those are slow. */
const negligible = 1e-30;

/**
 * τm du/dt = −u + bias + I with u the potential above rest, τs dI/dt = −I, a threshold, a reset and a refractory time, in
 * the exact propagator form of Rotter & Diesmann (1999): the time step adds no error of integration, only a grid for
 * spikes. A spike of weight w adds that current whose lone effect on the membrane peaks at w. Noise is a
 * membrane current, white on the grid, with the given stationary standard deviation of u below threshold.
 * The refractory time is rounded to whole steps.
 */
export class LifPopulation {
  readonly firstNeuron: number;
  readonly neurons: number;
  /** Synaptic drive in mV: each arriving spike adds its weight. */
  readonly drive: Float64Array;
  /** Spikes of the steps that are still on their way. */
  readonly spikes: SpikeHistory;

  readonly #name: string;
  readonly #restMillivolts: number;
  /** Membrane potential above rest in mV. */
  readonly #potential: Float64Array;
  readonly #refractoryLeft: Uint16Array;
  readonly #refractorySteps: number;
  readonly #potentialDecay: number;
  readonly #driveDecay: number;
  readonly #driveToPotential: number;
  readonly #biasPerStep: number;
  readonly #noisePerStep: number;
  readonly #noiseKeys: Uint32Array;
  readonly #threshold: number;
  readonly #reset: number;

  /** @param maxDelaySteps the longest delay with which its spikes arrive anywhere */
  constructor(
    { model, firstNeuron }: CompiledPopulation,
    stepMilliseconds: number,
    seed: number,
    maxDelaySteps: number,
  ) {
    this.firstNeuron = firstNeuron;
    this.neurons = model.neurons;
    this.#name = model.name;
    this.#restMillivolts = model.restMillivolts;
    this.drive = new Float64Array(model.neurons);
    this.spikes = new SpikeHistory(maxDelaySteps + 1);
    this.#potential = new Float64Array(model.neurons);
    this.#refractoryLeft = new Uint16Array(model.neurons);
    this.#refractorySteps = Math.round(model.refractoryMilliseconds / stepMilliseconds);
    const membrane = model.membraneTimeConstantMilliseconds;
    const synaptic = model.synapticTimeConstantMilliseconds;
    this.#potentialDecay = Math.exp(-stepMilliseconds / membrane);
    this.#driveDecay = Math.exp(-stepMilliseconds / synaptic);
    this.#driveToPotential = responseAt(stepMilliseconds, membrane, synaptic) / peakResponse(membrane, synaptic);
    this.#biasPerStep = model.biasMillivolts * -Math.expm1(-stepMilliseconds / membrane);
    this.#noisePerStep = model.noiseMillivolts * Math.sqrt(-Math.expm1((-2 * stepMilliseconds) / membrane));
    this.#noiseKeys = Uint32Array.from({ length: model.neurons }, (_, neuron) =>
      key(seed, 'noise', firstNeuron + neuron),
    );
    this.#threshold = model.thresholdMillivolts - model.restMillivolts;
    this.#reset = model.resetMillivolts - model.restMillivolts;
  }

  /**
   * Advances all neurons by one step and lists those that fire at its end in `spikes`.
   * @param step number of the step since the beginning: with neuron and seed it decides the noise
   * @throws SimulationFaultError 'not-finite'.
   */
  step(step: number): void {
    const { drive } = this;
    const fired = this.spikes.begin(step);
    const potential = this.#potential;
    const refractoryLeft = this.#refractoryLeft;
    const hasNoise = this.#noisePerStep > 0;
    const stepKey = hasNoise ? mix(mix(step) + Math.floor(step / 0x1_0000_0000)) : 0;
    let sum = 0;
    for (let neuron = 0; neuron < this.neurons; neuron++) {
      const current = drive[neuron]!;
      const decayed = current * this.#driveDecay;
      drive[neuron] = decayed < negligible && decayed > -negligible ? 0 : decayed;
      sum += current;
      if (refractoryLeft[neuron]! > 0) {
        refractoryLeft[neuron]!--;
        continue;
      }
      let next = potential[neuron]! * this.#potentialDecay + current * this.#driveToPotential + this.#biasPerStep;
      if (hasNoise) next += this.#noisePerStep * normal(mix(this.#noiseKeys[neuron]! ^ stepKey));
      sum += next;
      if (next >= this.#threshold) {
        next = this.#reset;
        refractoryLeft[neuron] = this.#refractorySteps;
        fired.add(neuron);
      }
      potential[neuron] = next < negligible && next > -negligible ? 0 : next;
    }
    if (!Number.isFinite(sum)) this.#reportNotFinite(step);
  }

  /** Membrane potential of one neuron. */
  potentialMillivolts(neuron: number): number {
    return this.#restMillivolts + this.#potential[neuron]!;
  }

  #reportNotFinite(step: number): never {
    const neuron = this.#potential.findIndex((value, index) => !Number.isFinite(value + this.drive[index]!));
    throw new SimulationFaultError({
      code: 'not-finite',
      text: `Neuron ${neuron} of population '${this.#name}' has a potential or a drive that is not a finite number in step ${step}.`,
    });
  }
}

/** Potential a time after a current of 1 mV began to decay from rest. */
function responseAt(milliseconds: number, membrane: number, synaptic: number): number {
  const difference = milliseconds / membrane - milliseconds / synaptic;
  const ratio = difference === 0 ? 1 : Math.expm1(difference) / difference;
  return (milliseconds / membrane) * Math.exp(-milliseconds / membrane) * ratio;
}

/** The highest of these potentials: r^(1/(1−r)) with r = τs/τm, which is 1/e for r = 1. */
function peakResponse(membrane: number, synaptic: number): number {
  const excess = (synaptic - membrane) / membrane;
  return Math.exp(excess === 0 ? -1 : Math.log1p(excess) / -excess);
}
