// The live stream from the rig to a page: one message holds everything since the message before; layouts and full-queue policy.
import type { NetworkPicture } from './network-picture.ts';
import type { RigStatus } from './rig-status.ts';

/** Bins per tick in which the traces are decimated by minimum and maximum, so that no spike vanishes. */
export const traceBinsPerTick = 4;
/** Messages a second, at most. */
export const streamRateHz = 30;
/** A page that has not acknowledged this many messages gets none until it does; dropped messages are counted in `status.frames.dropped`. */
export const unacknowledgedMax = 4;
/** Bins of the latency histogram: 20 per decade from 0.01 ms to 1 s, the last one open. */
export const latencyBins = { perDecade: 20, firstMilliseconds: 0.01, count: 101 } as const;

/** Index of the histogram bin for a latency in ms. */
export function latencyBin(milliseconds: number): number {
  const index = Math.floor(
    Math.log10(Math.max(milliseconds, latencyBins.firstMilliseconds) / latencyBins.firstMilliseconds) *
      latencyBins.perDecade,
  );
  return Math.min(Math.max(index, 0), latencyBins.count - 1);
}

/** JSON part of a live message. */
export interface LiveHeader {
  stream: 'live';
  /** Counts messages to this page; acknowledge with it. */
  frame: number;
  status: RigStatus;
  traces: {
    /** Index of the first bin since the stream's start; a jump means lost bins. */
    firstBin: number;
    bins: number;
    channels: number;
    binSeconds: number;
    /** µV per count of the Int16 minima and maxima. */
    microvoltsPerCount: number;
    signal: TraceSignal;
  };
  /** Only for a page that looks, and only when there is a new one. */
  network?: NetworkPicture;
}

/** Band-passed as the detector sees it, or as the device sent it. */
export type TraceSignal = 'band' | 'wide';

/** Binary parts of a live message, each a typed array. */
export interface LiveArrays {
  /** bins × channels, bin-major. */
  traceMin: Int16Array;
  traceMax: Int16Array;
  /** Detected spikes: seconds of stream time, channel, µV. */
  spikeSeconds: Float64Array;
  spikeChannel: Uint16Array;
  spikeMicrovolts: Float32Array;
  /** Spikes of the simulated population: seconds of stream time, neuron. */
  neuronSeconds: Float64Array;
  neuron: Uint32Array;
  /** One per tick: loop latency, ms. A tick with a pulse underway ends after younger ones: times may step back a little. */
  tickMilliseconds: Float32Array;
  /** One per tick: stream seconds at its end. */
  tickSeconds: Float64Array;
  /** Acknowledged deliveries: seconds of stream time, electrode, µA. */
  deliverySeconds: Float64Array;
  deliveryElectrode: Uint16Array;
  deliveryMicroamps: Float32Array;
  /** Loop latencies of the whole session; bins of `latencyBins`. */
  latencyHistogram: Uint32Array;
}
