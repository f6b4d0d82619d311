import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DoubleLayers } from './double-layers.ts';

/** τ = 0.5 ms. */
const ohms = 50_000;
const tauNs = 0.5e6;
const microseconds = 400;
const endNs = microseconds * 1000;

describe('the double layers of virtual electrodes', () => {
  it('have no voltage before a pulse has left any', () => {
    expect(new DoubleLayers().millivoltsAt(3, ohms, 1e9)).toBe(0);
  });

  it('keep the net charge of a pulse, 1 mV for 10 pC, and lose it with Z·C from the end of the pulse on', () => {
    const layers = new DoubleLayers();
    layers.add(3, ohms, -1_000_000, 0, microseconds);
    expect(layers.millivoltsAt(3, ohms, 0)).toBe(-100);
    expect(layers.millivoltsAt(3, ohms, endNs)).toBe(-100);
    expect(layers.millivoltsAt(3, ohms, endNs + tauNs)).toBeCloseTo(-100 / Math.E, 9);
    expect(layers.millivoltsAt(3, 10 * ohms, endNs + 10 * tauNs)).toBeCloseTo(-100 / Math.E, 9);
    expect(layers.millivoltsAt(3, 0, endNs + 1)).toBeCloseTo(0, 9);
    expect(layers.millivoltsAt(4, ohms, 0)).toBe(0);
  });

  it('add up what pulses leave that follow each other quickly, and forget it over a pause', () => {
    const layers = new DoubleLayers();
    const periodNs = endNs + tauNs;
    for (let pulse = 0; pulse < 50; pulse++) layers.add(3, ohms, 100_000, pulse * periodNs, microseconds);
    // Each leaves 10 mV, and each period takes all but 1/e: 10·(1 + 1/e + 1/e² …).
    expect(layers.millivoltsAt(3, ohms, 49 * periodNs)).toBeCloseTo(10 / (1 - 1 / Math.E), 9);
    expect(layers.millivoltsAt(3, ohms, 49 * periodNs + 50 * tauNs)).toBeCloseTo(0, 9);
  });

  it('lose nothing while a pulse is under way, whatever else is added meanwhile', () => {
    const layers = new DoubleLayers();
    layers.add(3, ohms, 1_000_000, 0, microseconds);
    layers.add(3, ohms, 0, endNs / 2, 0);
    expect(layers.millivoltsAt(3, ohms, endNs)).toBe(100);
  });

  it('stay at the voltage that they are polarised to, beside what pulses leave', () => {
    const layers = new DoubleLayers();
    layers.polarise(3, -60);
    expect(layers.millivoltsAt(3, ohms, 1e12)).toBe(-60);
    layers.add(3, ohms, 1_000_000, 1e12, microseconds);
    expect(layers.millivoltsAt(3, ohms, 1e12)).toBe(40);
    layers.polarise(3, 0);
    expect(layers.millivoltsAt(3, ohms, 2e12)).toBe(0);
  });

  it('never have more than all pulses have left, and nothing of pulses that balance', () => {
    const pulses = fc.array(
      fc.record({
        net: fc.integer({ min: -1_000_000, max: 1_000_000 }),
        pauseNs: fc.integer({ min: endNs, max: 10_000_000 }),
        ohms: fc.integer({ min: 0, max: 10_000_000 }),
      }),
    );
    fc.assert(
      fc.property(pulses, (left) => {
        const [layers, balanced] = [new DoubleLayers(), new DoubleLayers()];
        let [nowNs, most] = [0, 0];
        for (const { net, pauseNs, ohms: each } of left) {
          layers.add(3, each, net, nowNs, microseconds);
          balanced.add(3, each, 0, nowNs, microseconds);
          most += Math.abs(net) / 10_000;
          nowNs += pauseNs;
          expect(Math.abs(layers.millivoltsAt(3, each, nowNs))).toBeLessThanOrEqual(most + 1e-9);
          expect(balanced.millivoltsAt(3, each, nowNs)).toBe(0);
        }
      }),
    );
  });
});
