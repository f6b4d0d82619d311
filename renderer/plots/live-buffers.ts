// Everything the plots draw, filled from the rig's live messages and kept out of reactive state; used in the page.
import { Emitter } from '../../common/base/event.ts';
import { latencyBins, type LiveArrays, type LiveHeader } from '../../common/contract/streams.ts';
import { DeliveryResponses } from './delivery-responses.ts';
import { EventBuffer } from './event-buffer.ts';
import { RateBuffer } from './rate-buffer.ts';
import { TickBuffer } from './tick-buffer.ts';
import { TraceBuffer } from './trace-buffer.ts';

/** Seconds of traces and rates that are kept; 64 channels take 1 MB a second. */
const keptSeconds = 60;
/** Longest time between the newest event of a message and the oldest of the next; a larger step back is a new stream. */
const stepBackSeconds = 1;

export class LiveBuffers {
  readonly traces = new TraceBuffer(keptSeconds);
  /** Detected spikes: electrode, µV. */
  readonly spikes = new EventBuffer(2 ** 17);
  /** Spikes of the simulated population: neuron. */
  readonly neuronSpikes = new EventBuffer(2 ** 20, false);
  /** Acknowledged deliveries: electrode, µA. */
  readonly deliveries = new EventBuffer(2 ** 14);
  readonly ticks = new TickBuffer(keptSeconds);
  readonly rates = new RateBuffer(keptSeconds);
  readonly responses = new DeliveryResponses();
  /** Loop latencies of the whole session; bins of `latencyBins`. */
  latencyHistogram: Uint32Array = new Uint32Array(latencyBins.count);
  /** Stream time of the newest thing that has come. */
  nowSeconds = 0;

  readonly #changed = new Emitter<void>();
  /** Fires after every `push` and `clear`. */
  readonly onChange = this.#changed.event;

  /** Takes in one live message. */
  push(header: LiveHeader, arrays: LiveArrays): void {
    const messageSeconds = Math.max(
      header.traces.bins > 0 ? (header.traces.firstBin + header.traces.bins) * header.traces.binSeconds : 0,
      arrays.tickSeconds.at(-1) ?? 0,
    );
    const isSteppedBack = messageSeconds > 0 && messageSeconds < this.nowSeconds - stepBackSeconds;
    const isOtherSource = this.traces.channels > 0 && this.traces.channels !== header.traces.channels;
    if (isSteppedBack || isOtherSource) this.#empty();
    this.nowSeconds = Math.max(this.nowSeconds, messageSeconds);

    this.traces.push(header.traces, arrays.traceMin, arrays.traceMax);
    this.spikes.push(arrays.spikeSeconds, arrays.spikeChannel, arrays.spikeMicrovolts);
    this.neuronSpikes.push(arrays.neuronSeconds, arrays.neuron);
    this.deliveries.push(arrays.deliverySeconds, arrays.deliveryElectrode, arrays.deliveryMicroamps);
    this.ticks.push(arrays.tickSeconds, arrays.tickMilliseconds);
    this.rates.setPopulations(header.status.simulation.populations);
    this.rates.push(arrays.neuronSeconds, arrays.neuron, this.nowSeconds);
    this.responses.update(this.deliveries, this.spikes, this.traces.channels, this.nowSeconds);
    if (arrays.latencyHistogram.length === latencyBins.count) this.latencyHistogram = arrays.latencyHistogram;
    this.#changed.fire();
  }

  /** Forgets everything. */
  clear(): void {
    this.#empty();
    this.#changed.fire();
  }

  #empty(): void {
    this.traces.clear();
    this.spikes.clear();
    this.neuronSpikes.clear();
    this.deliveries.clear();
    this.ticks.clear();
    this.rates.clear();
    this.responses.clear();
    this.latencyHistogram = new Uint32Array(latencyBins.count);
    this.nowSeconds = 0;
  }
}
