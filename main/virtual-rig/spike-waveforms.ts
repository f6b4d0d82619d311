// The shapes of extracellular spikes, one for each neuron, and their addition to the samples; runs in the virtual rig.
import { SeededRandom } from './seeded-random.ts';

const waveform = 3;
const seconds = 0.002;

interface SpikeUnderWay {
  readonly neuron: number;
  readonly startSample: number;
}

/** Draws spikes that may reach over the borders of blocks. */
export class SpikeWaveforms {
  readonly #shapes: readonly Float32Array[];
  readonly #length: number;
  #underWay: SpikeUnderWay[] = [];

  /** @param amplitudeBits depth of the trough of an average neuron, in bits of the converter */
  constructor(neurons: number, amplitudeBits: number, sampleRateHz: number, seed: number) {
    this.#length = Math.ceil(seconds * sampleRateHz);
    this.#shapes = Array.from({ length: neurons }, (_, neuron) =>
      spikeShape(new SeededRandom(seed, waveform, neuron), this.#length, amplitudeBits, sampleRateHz),
    );
  }

  begin(neuron: number, startSample: number): void {
    this.#underWay.push({ neuron, startSample });
  }

  /** Adds what of the spikes falls into the block. @param block sample-major, sampleCount × channels, bits */
  addTo(
    block: Float32Array,
    firstSample: number,
    sampleCount: number,
    channels: number,
    homeElectrodes: readonly number[],
  ): void {
    for (const { neuron, startSample } of this.#underWay) {
      const shape = this.#shapes[neuron]!;
      const channel = homeElectrodes[neuron]!;
      const from = Math.max(firstSample, startSample);
      const until = Math.min(firstSample + sampleCount, startSample + this.#length);
      for (let sample = from; sample < until; sample++) {
        block[(sample - firstSample) * channels + channel]! += shape[sample - startSample]!;
      }
    }
    const end = firstSample + sampleCount;
    this.#underWay = this.#underWay.filter(({ startSample }) => startSample + this.#length > end);
  }
}

/** A trough and the slower peak after it, each a Gaussian; widths and size differ from neuron to neuron. */
function spikeShape(random: SeededRandom, length: number, amplitudeBits: number, sampleRateHz: number): Float32Array {
  const size = amplitudeBits * (0.7 + 0.6 * random.uniform());
  const troughWidth = 1e-4 * (0.8 + 0.6 * random.uniform());
  const peakSize = 0.2 + 0.3 * random.uniform();
  const peakWidth = 2.5 * troughWidth;
  const troughAt = 4e-4;
  const peakAt = troughAt + 4 * troughWidth;
  const gaussian = (t: number, at: number, width: number) => Math.exp(-(((t - at) / width) ** 2) / 2);
  return Float32Array.from({ length }, (_, index) => {
    const t = index / sampleRateHz;
    return size * (peakSize * gaussian(t, peakAt, peakWidth) - gaussian(t, troughAt, troughWidth));
  });
}
