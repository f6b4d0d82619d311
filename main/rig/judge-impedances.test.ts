import { describe, expect, it } from 'vitest';
import { impedanceClass } from '../../common/contract/source-impedances.ts';
import { testLimits } from './interlock/limits.fixture.ts';
import { judgeImpedances, stimulatorImpedances } from './judge-impedances.ts';

describe('impedanceClass', () => {
  it.each([
    [4999, 'short'],
    [5000, 'good'],
    [3e6, 'good'],
    [3_000_001, 'high'],
    [10e6, 'high'],
    [10_000_001, 'open'],
    [Infinity, 'open'],
    [Number.NaN, 'open'],
  ] as const)('%d Ω', (ohms, expected) => {
    expect(impedanceClass({ ohms, minOhms: 5000, maxOhms: 3e6 })).toBe(expected);
  });

  it('calls nothing open that the limits allow', () => {
    expect(impedanceClass({ ohms: 12e6, minOhms: 1, maxOhms: 20e6 })).toBe('good');
  });
});

describe('judgeImpedances', () => {
  it('gives an electrode that the limits name its own bounds, and every other one those of the preparation', () => {
    const limits = testLimits();
    const [electrode, own] = [...limits.electrodes][0]!;
    const { frequencyHz, electrodes } = judgeImpedances(stimulatorImpedances(Array(40).fill(50_000)), {
      ...limits,
      profile: 'in-vitro-mea',
    });
    expect(frequencyHz).toBe(1000);
    expect(electrodes[electrode]).toMatchObject({
      channel: `E${electrode}`,
      ohms: 50_000,
      minOhms: own.limits.impedanceMinOhms,
      maxOhms: own.limits.impedanceMaxOhms,
    });
    expect(limits.electrodes.has(39)).toBe(false);
    expect(electrodes[39]).toMatchObject({ minOhms: 5000, maxOhms: 3e6 });
  });
});
