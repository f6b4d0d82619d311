// Decimates one tick's signal to minima and maxima per bin for the eye. Rig thread.
import { traceBinsPerTick, type TraceSignal } from '../../../common/contract/streams.ts';

/** Counts of the Int16 traces per µV: band-passed signals keep a twentieth of a microvolt. */
const bandCountsPerMicrovolt = 20;

/** Minima and maxima of one tick, bin-major: bins × channels. Reused from tick to tick. */
export class TraceBins {
  readonly channels: number;
  readonly min: Int16Array;
  readonly max: Int16Array;
  readonly #signal: TraceSignal;
  readonly microvoltsPerCount: number;

  constructor(channels: number, signal: TraceSignal, microvoltsPerBit: number) {
    this.channels = channels;
    this.#signal = signal;
    this.min = new Int16Array(traceBinsPerTick * channels);
    this.max = new Int16Array(traceBinsPerTick * channels);
    this.microvoltsPerCount = signal === 'wide' ? microvoltsPerBit : 1 / bandCountsPerMicrovolt;
  }

  /** @param wide sample-major, as the device sent it. @param bandMicrovolts the same samples after the band-pass, µV. */
  fill(sampleCount: number, wide: Int16Array, bandMicrovolts: Float32Array): void {
    const { channels, min, max } = this;
    const isWide = this.#signal === 'wide';
    for (let bin = 0; bin < traceBinsPerTick; bin++) {
      const from = Math.floor((bin * sampleCount) / traceBinsPerTick);
      const to = Math.max(from + 1, Math.floor(((bin + 1) * sampleCount) / traceBinsPerTick));
      for (let channel = 0; channel < channels; channel++) {
        let low = Infinity;
        let high = -Infinity;
        for (let sample = from; sample < to; sample++) {
          const at = sample * channels + channel;
          const value = isWide ? (wide[at] ?? 0) : (bandMicrovolts[at] ?? 0) * bandCountsPerMicrovolt;
          if (value < low) low = value;
          if (value > high) high = value;
        }
        min[bin * channels + channel] = Math.max(-32768, Math.floor(low));
        max[bin * channels + channel] = Math.min(32767, Math.ceil(high));
      }
    }
  }
}
