import { describe, expect, it } from 'vitest';
import { layOutPopulations } from './raster-content.ts';

describe('layOutPopulations', () => {
  it('stacks the populations from top to bottom without overlap', () => {
    const bands = layOutPopulations([
      { name: 'exc', firstNeuron: 0, neurons: 8_000 },
      { name: 'inh', firstNeuron: 8_000, neurons: 2_000 },
      { name: 'readout', firstNeuron: 10_000, neurons: 8 },
    ]);
    expect(bands[0]!.top).toBe(0);
    for (const [index, { top }] of bands.slice(1).entries()) {
      const above = bands[index]!;
      expect(top).toBeGreaterThan(above.top + above.height);
    }
    const last = bands.at(-1)!;
    expect(last.top + last.height).toBeCloseTo(1);
    expect(bands[0]!.height).toBeGreaterThan(bands[1]!.height);
  });

  it('leaves a population of a few neurons high enough to be seen', () => {
    const bands = layOutPopulations([
      { name: 'many', firstNeuron: 0, neurons: 100_000 },
      { name: 'few', firstNeuron: 100_000, neurons: 1 },
    ]);
    expect(bands[1]!.height).toBeGreaterThan(0.1);
  });
});
