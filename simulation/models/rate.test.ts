import { describe, expect, it } from 'vitest';
import { TypescriptBackend } from '../backend/typescript/typescript-backend.ts';
import { configurationOf } from '../example-configuration.ts';
import { toQ16 } from '../kernel/share-of.ts';
import { compileNetwork } from '../network/compile-network.ts';
import { populationOf, trace } from '../one-population.fixture.ts';

const model = { model: 'rate', gainHzPerMillivolt: 10, maximumRateHz: 100 } as const;
const noInput = new Uint16Array(0);

describe('a rate neuron', () => {
  it('has a threshold-linear rate with a largest one: its whole spikes count it out', () => {
    for (const [bias, hertz] of [
      [-3, 0],
      [2, 20],
      [4.5, 45],
      [30, 100],
    ] as const) {
      const steps = 40_000;
      const { firings } = trace(populationOf({ ...model, biasMillivolts: bias }), steps);
      expect(Math.abs(firings.length / (steps * 1e-4) - hertz)).toBeLessThan(0.02 * hertz + 0.5);
    }
  });

  it('sends as many shares as its rate, and a receiver settles at rate × weight × time constant', () => {
    const network = compileNetwork(
      configurationOf({
        stepMilliseconds: 0.1,
        populations: [
          { name: 'sending', neurons: 20, ...model, biasMillivolts: 3 },
          { name: 'receiving', neurons: 1, ...model, thresholdMillivolts: 50, membraneTimeConstantMilliseconds: 50 },
        ],
        projections: [
          {
            name: 'all',
            from: 'sending',
            to: 'receiving',
            connections: { kind: 'random', probability: 1 },
            weightMillivolts: 0.1,
            weightSpreadFraction: 0,
          },
        ],
      }),
    );
    const backend = new TypescriptBackend(network);
    for (let tick = 0; tick < 1000; tick++) backend.step(noInput, 0);
    let sum = 0;
    for (let tick = 0; tick < 200; tick++) {
      backend.step(noInput, 0);
      sum += backend.state().arrays['population/1/state/0']![0]! / toQ16(1);
    }
    // 20 neurons × 30 Hz × 0.1 mV × 50 ms = 3 mV.
    expect(Math.abs(sum / 200 - 3)).toBeLessThan(0.05);
  });
});
