import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ElectrodeInForce, LimitsInForce } from '../../common/limits/limits-in-force.ts';
import { isTighterOrEqual } from '../../common/limits/limits-of.ts';
import type { SessionTightening } from '../../common/limits/session-tightening.ts';
import { checkedExperiment } from './checked-experiment.fixture.ts';
import { deviceIdentity } from './hardware/device-identity.fixture.ts';
import { LimitsKeeper } from './limits-keeper.ts';

const second = 1e9;
const keeper = () => new LimitsKeeper(checkedExperiment(), deviceIdentity());

/** Memory that something has written into that should not. */
const memoryOf = ({ electrodes }: LimitsInForce) => electrodes as Map<number, ElectrodeInForce>;

describe('LimitsKeeper', () => {
  it('puts the limits of experiment and device in force', () => {
    const { inForce } = keeper();
    expect(inForce.profile).toBe('bench');
    expect([...inForce.electrodes.keys()]).toEqual([3, 7]);
    expect(inForce.electrodes.get(3)!.limits.amplitudeMaxNanoamps).toBe(10_000);
    const weak = deviceIdentity({ limits: { ...deviceIdentity().limits, amplitudeMaxNanoamps: 4000 } });
    expect(new LimitsKeeper(checkedExperiment(), weak).inForce.electrodes.get(3)!.limits.amplitudeMaxNanoamps).toBe(
      4000,
    );
  });

  it('S28: hashes them by SHA-256 over their plain form, of which commands carry the first eight bytes', () => {
    const { hash, wireHash, record } = keeper();
    expect(record).toMatchObject({ hash, profile: 'bench' });
    expect(hash).toBe(createHash('sha256').update(JSON.stringify(record.limits)).digest('hex'));
    expect(wireHash).toEqual({
      high: Number.parseInt(hash.slice(0, 8), 16),
      low: Number.parseInt(hash.slice(8, 16), 16),
    });
    expect(keeper().hash).toBe(hash);
  });

  describe('asked to tighten', () => {
    it.each<[string, SessionTightening, (limits: LimitsInForce) => number, number]>([
      [
        'an electrode’s limit',
        { electrode: { amplitudeMaxMicroamps: 8 } },
        ({ electrodes }) => electrodes.get(7)!.limits.amplitudeMaxNanoamps,
        8000,
      ],
      ['a limit over all', { total: { rateMaxHz: 12 } }, ({ total }) => total.rateMaxMillihertz, 12_000],
      ['a limit of time', { timing: { leaseMilliseconds: 60 } }, ({ timing }) => timing.leaseMilliseconds, 60],
    ])('H64: puts a tighter value of %s in force', (_, tightening, read, value) => {
      const kept = keeper();
      const { hash } = kept;
      const tightened = kept.tighten(tightening);
      expect(read(tightened!)).toBe(value);
      expect(kept.inForce).toBe(tightened);
      expect(kept.hash).not.toBe(hash);
      expect(kept.record.hash).toBe(kept.hash);
      expect(kept.check(0)).toBeUndefined();
    });

    it.each<[string, SessionTightening]>([
      ['a looser value', { electrode: { amplitudeMaxMicroamps: 11 } }],
      ['the same value', { electrode: { amplitudeMaxMicroamps: 10 } }],
      ['a looser value of a smallest limit', { electrode: { phaseMinMicroseconds: 10 } }],
      ['electrodes that may not be stimulated', { electrodes: [4], electrode: { amplitudeMaxMicroamps: 1 } }],
      ['nothing', {}],
    ])('H64: changes nothing for %s, and says so', (_, tightening) => {
      const kept = keeper();
      const { inForce, hash } = kept;
      expect(kept.tighten(tightening)).toBeUndefined();
      expect(kept.inForce).toBe(inForce);
      expect(kept.hash).toBe(hash);
    });

    it('H64: takes the tighter part of a wish that is looser elsewhere', () => {
      const kept = keeper();
      kept.tighten({ electrode: { amplitudeMaxMicroamps: 5, rateMaxHz: 100 } });
      const { limits } = kept.inForce.electrodes.get(3)!;
      expect([limits.amplitudeMaxNanoamps, limits.rateMaxMillihertz]).toEqual([5000, 20_000]);
    });

    it('H64: keeps what was tightened before: a later wish does not take it back', () => {
      const kept = keeper();
      kept.tighten({ electrode: { amplitudeMaxMicroamps: 5 } });
      kept.tighten({ electrodes: [7], electrode: { amplitudeMaxMicroamps: 8, rateMaxHz: 3 } });
      const amplitudes = [3, 7].map((electrode) => kept.inForce.electrodes.get(electrode)!.limits.amplitudeMaxNanoamps);
      const rates = [3, 7].map((electrode) => kept.inForce.electrodes.get(electrode)!.limits.rateMaxMillihertz);
      expect(amplitudes).toEqual([5000, 5000]);
      expect(rates).toEqual([20_000, 3000]);
    });

    it('H64: never loosens anything, whatever is wished in whatever order', () => {
      const number = (max: number) => fc.double({ min: 0, max, noNaN: true });
      const wish = fc.record<SessionTightening>(
        {
          electrodes: fc.uniqueArray(fc.constantFrom(3, 4, 7), { minLength: 1 }),
          electrode: fc.record(
            { amplitudeMaxMicroamps: number(20), phaseMinMicroseconds: number(600), rateMaxHz: number(40) },
            { requiredKeys: [] },
          ),
          total: fc.record({ rateMaxHz: number(60) }, { requiredKeys: [] }),
          timing: fc.record({ leaseMilliseconds: number(200), presenceMaxMinutes: number(2000) }, { requiredKeys: [] }),
        },
        { requiredKeys: [] },
      );
      fc.assert(
        fc.property(fc.array(wish, { maxLength: 6 }), (wishes) => {
          const kept = keeper();
          for (const each of wishes) {
            const before = kept.inForce;
            const answer = kept.tighten(each);
            expect(isTighterOrEqual(kept.inForce, before)).toBe(true);
            expect(answer ?? before).toBe(kept.inForce);
          }
        }),
        { numRuns: 100 },
      );
    });
  });

  describe('looking again', () => {
    const fault = { code: 'integrity', message: 'The limits in memory are not those that were put in force.' };

    it('H71: finds nothing in limits that nobody touched, tightened or not', () => {
      const kept = keeper();
      for (let seconds = 0; seconds < 10; seconds++) {
        expect(kept.check(seconds * second)).toBeUndefined();
        kept.tighten({ electrode: { amplitudeMaxMicroamps: 9 - seconds / 2 } });
      }
    });

    it.each<[string, (kept: LimitsKeeper) => void]>([
      [
        'a larger amplitude',
        ({ inForce }) => {
          const own = inForce.electrodes.get(3)!;
          memoryOf(inForce).set(3, { ...own, limits: { ...own.limits, amplitudeMaxNanoamps: 10_001 } });
        },
      ],
      [
        'a number that is none',
        ({ inForce }) =>
          memoryOf(inForce).set(3, { ...inForce.electrodes.get(3)!, shannonMaxFemtocoulombs: Number.NaN }),
      ],
      ['a further electrode', ({ inForce }) => memoryOf(inForce).set(4, inForce.electrodes.get(3)!)],
      ['an electrode less', ({ inForce }) => memoryOf(inForce).delete(7)],
    ])('H71: finds %s', (_, poke) => {
      const kept = keeper();
      poke(kept);
      expect(kept.check(0)).toEqual(fault);
      expect(kept.check(second)).toEqual(fault);
    });

    it('H71: happens once a second, and at a time that is no number', () => {
      const kept = keeper();
      expect(kept.check(5 * second)).toBeUndefined();
      memoryOf(kept.inForce).delete(7);
      expect(kept.check(6 * second - 1)).toBeUndefined();
      expect(kept.check(6 * second)).toEqual(fault);
      expect(kept.check(6.9 * second)).toBeUndefined();
      expect(kept.check(Number.NaN)).toEqual(fault);
    });

    it('H71: the numbers themselves cannot be written to', () => {
      const { inForce } = keeper();
      const own = inForce.electrodes.get(3)!;
      for (const frozen of [inForce, inForce.total, inForce.timing, own, own.limits])
        expect(() => Object.assign(frozen, Object.fromEntries(Object.keys(frozen).map((key) => [key, 1e9])))).toThrow(
          TypeError,
        );
    });
  });
});
