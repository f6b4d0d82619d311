import { describe, expect, it } from 'vitest';
import { LiveBuffers } from './live-buffers.ts';
import { liveMessage, traceLayout } from './live-messages.fixture.ts';
import { columnsTable, neuronSpikesTable, tracesTable } from './plot-tables.ts';
import { TraceBuffer } from './trace-buffer.ts';

describe('tables', () => {
  it('of traces give minimum and maximum in microvolts of what is shown, without lost bins', () => {
    const traces = new TraceBuffer(10);
    traces.push(traceLayout({ firstBin: 0, bins: 1 }), Int16Array.of(-7, 0), Int16Array.of(2, 4));
    traces.push(traceLayout({ firstBin: 2, bins: 2 }), Int16Array.of(1, 1, 9, 9), Int16Array.of(1, 1, 9, 9));
    expect(tracesTable(traces, 0, 0.75).join('')).toBe(
      'seconds,E0_min_microvolts,E0_max_microvolts,E1_min_microvolts,E1_max_microvolts\n' +
        '0.000000,-3.5,1,0,2\n' +
        '0.500000,0.5,0.5,0.5,0.5\n',
    );
  });

  it('of charts leave a cell empty where there is no value', () => {
    expect(columnsTable(['a', 'b'], [Float64Array.of(1, 2), [0.5, null]]).join('')).toBe('a,b\n1,0.5\n2,\n');
  });

  it('of neuron spikes list those between the times', () => {
    const live = new LiveBuffers();
    const { header, arrays } = liveMessage(
      { bins: 4 },
      { neuronSeconds: Float64Array.of(0.1, 0.2, 0.9), neuron: Uint32Array.of(3, 4, 5) },
    );
    live.push(header, arrays);
    expect(neuronSpikesTable(live, 0.15, 0.9).join('')).toBe('seconds,neuron\n0.200000,4\n');
  });
});
