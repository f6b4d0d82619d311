// Live messages out of nothing: noise with spikes, a population in rhythm, deliveries. Page's development only.
import {
  latencyBin,
  latencyBins,
  type LiveArrays,
  type LiveHeader,
  traceBinsPerTick,
  type TraceSignal,
} from '../../common/contract/streams.ts';

const binSeconds = 0.001 / traceBinsPerTick;
const microvoltsPerCount = 0.2;
const spikeBins = 8;

export class SyntheticStream {
  signal: TraceSignal = 'band';
  readonly #channels: number;
  readonly #histogram = new Uint32Array(latencyBins.count);
  /** Bins since the last spike, per channel. */
  readonly #sinceSpike: Int32Array;
  #bin = 0;
  #owedSeconds = 0;

  constructor(channels: number) {
    this.#channels = channels;
    this.#sinceSpike = new Int32Array(channels).fill(spikeBins);
  }

  next(seconds: number, isStimulating: boolean): { traces: LiveHeader['traces']; arrays: LiveArrays } {
    this.#owedSeconds += seconds;
    const ticks = Math.floor(this.#owedSeconds * 1000);
    this.#owedSeconds -= ticks / 1000;
    const bins = ticks * traceBinsPerTick;
    const firstBin = this.#bin;
    const lowest = new Int16Array(bins * this.#channels);
    const highest = new Int16Array(bins * this.#channels);
    const spikes: { at: number; channel: number; microvolts: number }[] = [];
    for (let bin = 0; bin < bins; bin++) {
      for (let channel = 0; channel < this.#channels; channel++) {
        const since = this.#sinceSpike[channel]!;
        const shape = since < 3 ? -70 : since < spikeBins ? 22 : 0;
        lowest[bin * this.#channels + channel] = (shape - 6 - 6 * Math.random()) / microvoltsPerCount;
        highest[bin * this.#channels + channel] = (shape + 6 + 6 * Math.random()) / microvoltsPerCount;
        this.#sinceSpike[channel] = since + 1;
        if (Math.random() < 0.0015) {
          this.#sinceSpike[channel] = 0;
          spikes.push({ at: (firstBin + bin) * binSeconds, channel, microvolts: -70 });
        }
      }
    }
    this.#bin += bins;
    const startSeconds = firstBin * binSeconds;
    const tickMilliseconds = Float32Array.from(
      { length: ticks },
      () => 0.38 + 0.08 * Math.random() + (Math.random() < 0.01 ? Math.random() : 0),
    );
    for (const milliseconds of tickMilliseconds) this.#histogram[latencyBin(milliseconds)]!++;
    const population = Array.from(
      { length: Math.round(5 * ticks * (0.6 + 0.5 * Math.sin(8 * startSeconds))) },
      () => startSeconds + (Math.random() * ticks) / 1000,
    ).sort((a, b) => a - b);
    const deliveries = isStimulating && Math.random() < (0.25 * ticks) / 33 ? [startSeconds] : [];
    return {
      traces: { firstBin, bins, channels: this.#channels, binSeconds, microvoltsPerCount, signal: this.signal },
      arrays: {
        traceMin: lowest,
        traceMax: highest,
        spikeSeconds: Float64Array.from(spikes, ({ at }) => at),
        spikeChannel: Uint16Array.from(spikes, ({ channel }) => channel),
        spikeMicrovolts: Float32Array.from(spikes, ({ microvolts }) => microvolts),
        neuronSeconds: Float64Array.from(population),
        neuron: Uint32Array.from(population, () => 1000 * Math.random()),
        tickMilliseconds,
        tickSeconds: Float64Array.from({ length: ticks }, (_, tick) => startSeconds + (tick + 1) / 1000),
        deliverySeconds: Float64Array.from(deliveries),
        deliveryElectrode: Uint16Array.from(deliveries, () => 17),
        deliveryMicroamps: Float32Array.from(deliveries, () => 4),
        latencyHistogram: this.#histogram.slice(),
      },
    };
  }
}
