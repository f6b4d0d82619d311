import { describe, expect, it } from 'vitest';
import { SpikeWaveforms } from './spike-waveforms.ts';

const channels = 2;
const samples = 120;

/** Two overlapping spikes on channel 1, drawn in blocks of the given size. */
function draw(blockSamples: number): Float32Array {
  const waveforms = new SpikeWaveforms(2, 400, 30_000, 9);
  const all = new Float32Array(samples * channels);
  for (let first = 0; first < samples; first += blockSamples) {
    if (first === 0) waveforms.begin(0, 5);
    if (first <= 20 && 20 < first + blockSamples) waveforms.begin(1, 20);
    const block = all.subarray(first * channels, (first + blockSamples) * channels);
    waveforms.addTo(block, first, blockSamples, channels, [1, 1]);
  }
  return all;
}

describe('spike waveforms', () => {
  it('begin at their sample, on the electrode of their neuron, with a trough of about their size', () => {
    const all = draw(samples);
    const on = (channel: number) => [...all].filter((_, at) => at % channels === channel);
    expect(on(0).every((value) => value === 0)).toBe(true);
    expect(on(1).slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(Math.min(...on(1))).toBeLessThan(-280);
    expect(Math.max(...on(1))).toBeGreaterThan(30);
  });

  it('go on over the borders of blocks as if there were none', () => {
    expect(draw(10)).toEqual(draw(samples));
    expect(draw(30)).toEqual(draw(samples));
  });
});
