// Electrodes in virtual tissue: noise, spikes and stimulation artefacts as converted samples; runs in the virtual rig.
import type { VirtualSource } from '../../common/experiment/source.ts';
import { ElectrodeNoise } from './electrode-noise.ts';
import type { AppliedPulse, Electrodes } from './electrodes.ts';
import { SpikeWaveforms } from './spike-waveforms.ts';
import { StimulationArtefact } from './stimulation-artefact.ts';
import type { Tissue } from './tissue.ts';

/** That of common amplifier chips; full scale is then ±6.4 mV. */
export const virtualMicrovoltsPerBit = 0.195;

/** The same seed and the same pulses at the same samples give the same samples, at any speed. */
export class VirtualElectrodes implements Electrodes {
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly microvoltsPerBit = virtualMicrovoltsPerBit;
  readonly #tissue: Tissue;
  readonly #noise: ElectrodeNoise;
  readonly #waveforms: SpikeWaveforms;
  readonly #artefact: StimulationArtefact;
  readonly #onSpike = (neuron: number, sample: number) => this.#waveforms.begin(neuron, sample);
  #bits = new Float32Array(0);
  #nextSample = 0;

  constructor(source: VirtualSource, seed: number, tissue: Tissue) {
    const { channels, sampleRateHz } = source;
    const toBits = (microvolts: number) => microvolts / this.microvoltsPerBit;
    this.channels = channels;
    this.sampleRateHz = sampleRateHz;
    this.#tissue = tissue;
    this.#noise = new ElectrodeNoise(toBits(source.noiseMicrovolts), seed);
    this.#waveforms = new SpikeWaveforms(
      tissue.homeElectrodes.length,
      toBits(source.spikeAmplitudeMicrovolts),
      sampleRateHz,
      seed,
    );
    this.#artefact = new StimulationArtefact(
      channels,
      sampleRateHz,
      toBits(source.artefactMicrovolts),
      source.artefactMilliseconds,
    );
  }

  read(target: Int16Array): number {
    if (this.#bits.length !== target.length) this.#bits = new Float32Array(target.length);
    const bits = this.#bits;
    const firstSample = this.#nextSample;
    const sampleCount = target.length / this.channels;
    this.#tissue.advance(firstSample + sampleCount, this.#onSpike);
    this.#noise.fill(bits, firstSample, sampleCount, this.channels);
    this.#waveforms.addTo(bits, firstSample, sampleCount, this.channels, this.#tissue.homeElectrodes);
    this.#artefact.addTo(bits, firstSample, sampleCount);
    for (let at = 0; at < bits.length; at++) {
      const rounded = Math.round(bits[at]!);
      target[at] = rounded > 32767 ? 32767 : rounded < -32768 ? -32768 : rounded;
    }
    this.#nextSample += sampleCount;
    return sampleCount;
  }

  stimulate(pulse: AppliedPulse): void {
    this.#tissue.stimulate(pulse);
    this.#artefact.begin(pulse);
  }

  dispose(): void {
    // Holds nothing but memory.
  }
}
