import { describe, expect, it } from 'vitest';
import { RateBuffer } from './rate-buffer.ts';

const populations = [
  { name: 'exc', firstNeuron: 0, neurons: 4 },
  { name: 'inh', firstNeuron: 4, neurons: 2 },
];

/** A buffer that has listened from the stream's start. */
function rates(seconds = 1): RateBuffer {
  const buffer = new RateBuffer(seconds);
  buffer.setPopulations(populations);
  buffer.push(new Float64Array(0), new Uint32Array(0), 0);
  return buffer;
}

describe('RateBuffer', () => {
  it('gives spikes per neuron and second of each population', () => {
    const buffer = rates();
    buffer.push(Float64Array.of(0.01, 0.02, 0.03), Uint32Array.of(0, 3, 5), 0.1);
    expect(buffer.rateHz(0, 0)).toBeCloseTo(2 / 4 / 0.1);
    expect(buffer.rateHz(1, 0)).toBeCloseTo(1 / 2 / 0.1);
  });

  it('counts a spike that comes in a later message into its own bin', () => {
    const buffer = rates();
    buffer.push(new Float64Array(0), new Uint32Array(0), 0.15);
    buffer.push(Float64Array.of(0.05), Uint32Array.of(0), 0.2);
    expect(buffer.rateHz(0, 0)).toBeCloseTo(2.5);
    expect(buffer.rateHz(0, 1)).toBe(0);
  });

  it('begins with the bin in which it first hears of the stream', () => {
    const buffer = new RateBuffer(1);
    buffer.setPopulations(populations);
    buffer.push(new Float64Array(0), new Uint32Array(0), 50.05);
    buffer.push(new Float64Array(0), new Uint32Array(0), 50.25);
    expect([buffer.firstBin, buffer.endBin]).toEqual([500, 502]);
  });

  it('ignores neurons of no population', () => {
    const buffer = rates();
    buffer.push(Float64Array.of(0.05), Uint32Array.of(99), 0.2);
    expect([buffer.rateHz(0, 0), buffer.rateHz(1, 0)]).toEqual([0, 0]);
  });

  it('shows old counts nowhere after the ring has gone round or time has jumped', () => {
    const buffer = rates(0.3);
    buffer.push(Float64Array.of(0.05), Uint32Array.of(0), 0.1);
    buffer.push(new Float64Array(0), new Uint32Array(0), 10);
    for (let bin = buffer.firstBin; bin < buffer.endBin; bin++) expect(buffer.rateHz(0, bin)).toBe(0);
    expect(buffer.endBin - buffer.firstBin).toBe(3);
  });

  it('averages the last second over complete bins only', () => {
    const buffer = rates(5);
    for (let bin = 0; bin < 20; bin++)
      buffer.push(Float64Array.of(bin / 10 + 0.05), Uint32Array.of(0), bin / 10 + 0.09);
    expect(buffer.recentRateHz(0)).toBeCloseTo(2.5);
  });

  it('goes on with the same populations and starts anew with others', () => {
    const buffer = rates();
    buffer.push(Float64Array.of(0.05), Uint32Array.of(0), 0.2);
    buffer.setPopulations(populations.map((population) => ({ ...population })));
    expect(buffer.endBin).toBe(2);
    buffer.setPopulations([{ name: 'all', firstNeuron: 0, neurons: 6 }]);
    expect(buffer.endBin).toBe(0);
  });
});
