// Small live messages for the tests of the plots.
import { latencyBins, type LiveArrays, type LiveHeader } from '../../common/contract/streams.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import type { Population } from '../../common/figures/population-bands.ts';
import type { TraceLayout } from './trace-buffer.ts';

export function traceLayout(changes: Partial<TraceLayout> = {}): TraceLayout {
  return { firstBin: 0, bins: 0, channels: 2, binSeconds: 0.25, microvoltsPerCount: 0.5, signal: 'band', ...changes };
}

/** A message without events unless `arrays` has some. Only the populations of its status are there. */
export function liveMessage(
  traces: Partial<TraceLayout> = {},
  arrays: Partial<LiveArrays> = {},
  populations: Population[] = [],
): { header: LiveHeader; arrays: LiveArrays } {
  const layout = traceLayout(traces);
  const values = new Int16Array(layout.bins * layout.channels);
  return {
    header: {
      stream: 'live',
      frame: 1,
      // The buffers read nothing else of the status.
      status: { simulation: { populations } } as unknown as RigStatus,
      traces: layout,
    },
    arrays: {
      traceMin: values,
      traceMax: values,
      spikeSeconds: new Float64Array(0),
      spikeChannel: new Uint16Array(0),
      spikeMicrovolts: new Float32Array(0),
      neuronSeconds: new Float64Array(0),
      neuron: new Uint32Array(0),
      tickMilliseconds: new Float32Array(0),
      tickSeconds: new Float64Array(0),
      deliverySeconds: new Float64Array(0),
      deliveryElectrode: new Uint16Array(0),
      deliveryMicroamps: new Float32Array(0),
      latencyHistogram: new Uint32Array(latencyBins.count),
      ...arrays,
    },
  };
}
