import { describe, expect, it } from 'vitest';
import { bandsOfNeurons, layOutPopulations, rowOfNeuron } from './population-bands.ts';

describe('the bands of a raster', () => {
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

  it('has a row for each neuron in the band of its population', () => {
    const populations = [
      { name: 'exc', firstNeuron: 0, neurons: 4 },
      { name: 'inh', firstNeuron: 4, neurons: 2 },
    ];
    const bands = layOutPopulations(populations);
    const bandOf = bandsOfNeurons(populations);
    expect([...bandOf]).toEqual([0, 0, 0, 0, 1, 1]);
    const rows = [...bandOf].map((band, neuron) => rowOfNeuron(bands[band]!, neuron));
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
    expect(rows[0]).toBeCloseTo(bands[0]!.height / 8);
    expect(rows[5]).toBeCloseTo(bands[1]!.top + 0.75 * bands[1]!.height);
  });
});
