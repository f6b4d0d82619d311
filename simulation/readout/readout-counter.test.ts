import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReadoutCounter } from './readout-counter.ts';

const small = fc.integer({ min: 1, max: 8 });
const windows = fc.record({
  firstNeuron: fc.integer({ min: 0, max: 10 }),
  neurons: small,
  windowTicks: small,
  spikesToRequest: small,
  holdOffTicks: fc.integer({ min: 1, max: 20 }),
});
const spikeTrains = fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 6 }), { maxLength: 120 });

describe('a readout', () => {
  it('asks exactly when the window is full and the pause since its last request is over', () => {
    fc.assert(
      fc.property(windows, spikeTrains, (window, train) => {
        const counter = new ReadoutCounter(window);
        const isCounted = (neuron: number) =>
          neuron >= window.firstNeuron && neuron < window.firstNeuron + window.neurons;
        let lastRequest = -Infinity;
        for (const [tick, spikes] of train.entries()) {
          const recent = train
            .slice(Math.max(0, tick + 1 - window.windowTicks), tick + 1)
            .flat()
            .filter(isCounted).length;
          const isExpected = recent >= window.spikesToRequest && tick - lastRequest >= window.holdOffTicks;
          expect(counter.tick(Uint32Array.from(spikes))).toBe(isExpected);
          if (isExpected) lastRequest = tick;
        }
      }),
    );
  });

  it('asks again at the end of the pause when its neurons go on firing', () => {
    const counter = new ReadoutCounter({
      firstNeuron: 0,
      neurons: 1,
      windowTicks: 3,
      spikesToRequest: 3,
      holdOffTicks: 10,
    });
    const asked = Array.from({ length: 30 }, (_, tick) => tick).filter(() => counter.tick(Uint32Array.of(0)));
    expect(asked).toEqual([2, 12, 22]);
  });
});
