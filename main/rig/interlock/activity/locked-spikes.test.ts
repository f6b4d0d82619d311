import { describe, expect, it } from 'vitest';
import { restedTissue, volley } from './tissue.fixture.ts';

/** Pulses of which each is followed by spikes on `channels` at `delayMilliseconds`; blanking is 5 ms. */
function pulses(count: number, channels: number, delayMilliseconds: number, eachSeconds = 0.1) {
  const tissue = restedTissue();
  for (let pulse = 0; pulse < count; pulse++)
    tissue.pulse(5).play(eachSeconds, undefined, volley(delayMilliseconds, channels));
  return tissue;
}

describe('LockedSpikes', () => {
  it.each([
    [19, false],
    [20, false],
    [21, true],
  ])('H32: judges %d pulses in a row that are read as spikes', (count, isFound) => {
    expect(pulses(count, 10, 5).codes.includes('runaway-tissue')).toBe(isFound);
  });

  it.each([
    [2, false],
    [3, true],
  ])('H32: judges pulses that are read as spikes on %d of 10 channels', (channels, isFound) => {
    expect(pulses(30, channels, 5).codes.includes('runaway-tissue')).toBe(isFound);
  });

  it.each([
    [5, true],
    [6, false],
    [20, false],
  ])('H32: judges spikes %d ms after the pulse where blanking ends at 5 ms', (delay, isFound) => {
    expect(pulses(30, 10, delay).codes.includes('runaway-tissue')).toBe(isFound);
  });

  it('H32: counts a channel once for each pulse', () => {
    const tissue = restedTissue();
    for (let pulse = 0; pulse < 30; pulse++) tissue.pulse(5).play(0.1, undefined, [...volley(5, 2), ...volley(5, 2)]);
    expect(tissue.codes).toEqual([]);
  });

  it('H32: begins to count anew after a pulse that is not read as spikes', () => {
    const tissue = restedTissue();
    for (let pulse = 0; pulse < 100; pulse++) tissue.pulse(5).play(0.1, undefined, pulse % 20 === 0 ? [] : volley(5));
    expect(tissue.codes).toEqual([]);
  });

  it('H32: hears of a pulse after the blocks in which it shows', () => {
    const tissue = restedTissue();
    for (let pulse = 0; pulse < 30; pulse++) {
      const at = tissue.sample;
      tissue.play(0.025, undefined, volley(0));
      tissue.watch.notePulse(at);
      tissue.play(0.075);
    }
    expect(tissue.codes).toEqual(['runaway-tissue']);
  });

  it.each([
    [0, false],
    [5, true],
  ])('H32: takes no silence for an answer that another pulse blanks for %d ms', (milliseconds, isFound) => {
    const tissue = restedTissue();
    for (let pulse = 0; pulse < 60; pulse++) {
      tissue.pulse(5);
      tissue.watch.blank(tissue.sample + 5, tissue.sample + 5 + milliseconds);
      tissue.play(0.1, undefined, pulse % 2 === 0 ? volley(5) : []);
    }
    expect(tissue.codes.includes('runaway-tissue')).toBe(isFound);
  });

  it('H32: with no number for the pulses in a row it lets none pass', () => {
    const tissue = restedTissue({ lockedPulsesMax: NaN }).pulse(5).play(0.1);
    expect(tissue.codes).toEqual(['runaway-tissue']);
  });
});
