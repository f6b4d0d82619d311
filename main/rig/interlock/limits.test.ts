import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testProfile } from './limits.fixture.ts';
import { freezeLimits } from './limits.ts';

function frozen(amplitudeMaxMicroamps: number, chargePerPhaseMaxNanocoulombs: number) {
  const group = { ...testProfile.electrodeGroups[0]!, amplitudeMaxMicroamps, chargePerPhaseMaxNanocoulombs };
  return freezeLimits({ ...testProfile, electrodeGroups: [group] }).electrodes.get(3)!;
}

describe('freezeLimits', () => {
  it('keeps every limit that is written in whole nanoamperes or hundredths of a nanocoulomb', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(2000), (nanoamps, hundredths) => {
        const own = frozen(nanoamps / 1000, hundredths / 100);
        expect(own.amplitudeMaxNanoamps).toBe(nanoamps);
        expect(own.chargeMaxFemtocoulombs).toBe(hundredths * 10_000);
      }),
    );
  });

  it('cuts smaller fractions off downwards', () => {
    expect(frozen(1.0009, 1.0000009)).toMatchObject({ amplitudeMaxNanoamps: 1000, chargeMaxFemtocoulombs: 1_000_000 });
  });
});
