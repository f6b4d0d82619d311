import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRequest } from './check-request.ts';
import { Dose } from './dose.ts';
import { insideRequest, testProfile } from './limits.fixture.ts';
import { freezeLimits } from './limits.ts';
import type { StimulusRequest } from './stimulus-request.ts';

const limits = freezeLimits(testProfile);
const check = (change: Partial<StimulusRequest>, ageNs = 0) =>
  checkRequest({ ...insideRequest, ...change }, limits, new Dose(limits), 1e9, ageNs)?.code;

/** Numbers that a runaway learning rule produces. */
const hostileNumber = fc.oneof(
  fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, -1, 0.5, 2 ** 53, 5e-324),
  fc.integer({ min: -20_000, max: 20_000 }),
  fc.double(),
);
const anyRequest = fc.record({
  electrode: fc.oneof(fc.constantFrom(3, 7), fc.integer({ min: 0, max: 70_000 }), hostileNumber),
  amplitudeNanoamps: hostileNumber,
  phaseMicroseconds: hostileNumber,
  interphaseMicroseconds: hostileNumber,
});

describe('checkRequest', () => {
  it('lets a request inside every limit through', () => {
    expect(check({})).toBeUndefined();
    expect(check({ amplitudeNanoamps: 10_000, phaseMicroseconds: 200 })).toBeUndefined();
    expect(check({}, 10e6)).toBeUndefined();
  });

  it('S05: refuses each limit by its own code, one step beyond it', () => {
    expect(check({ amplitudeNanoamps: 10_001 })).toBe('amplitude');
    expect(check({ phaseMicroseconds: 501 })).toBe('phase-duration');
    expect(check({ phaseMicroseconds: 19 })).toBe('phase-duration');
    expect(check({ interphaseMicroseconds: 101 })).toBe('interphase-gap');
    expect(check({ amplitudeNanoamps: 10_000, phaseMicroseconds: 201 })).toBe('charge-per-phase');
    expect(check({ electrode: 4 })).toBe('electrode-not-covered');
    expect(check({}, 10e6 + 1)).toBe('late');
    expect(check({}, -1)).toBe('late');
    expect(check({ amplitudeNanoamps: Number.NaN })).toBe('not-finite');
  });

  it('S06: accepts nothing that breaks a limit when the limits are computed again in another way', () => {
    fc.assert(
      fc.property(anyRequest, fc.oneof(fc.double(), fc.integer({ min: -1, max: 20_000_000 })), (change, ageNs) => {
        const request = { ...insideRequest, ...change };
        if (checkRequest(request, limits, new Dose(limits), 1e9, ageNs) !== undefined) return;
        const chargeNanocoulombs = (request.amplitudeNanoamps / 1000) * (request.phaseMicroseconds / 1000);
        expect([3, 7]).toContain(request.electrode);
        for (const value of [request.amplitudeNanoamps, request.phaseMicroseconds, request.interphaseMicroseconds]) {
          expect(Number.isInteger(value)).toBe(true);
          expect(value).toBeGreaterThanOrEqual(0);
        }
        expect(request.amplitudeNanoamps / 1000).toBeLessThanOrEqual(10);
        expect(chargeNanocoulombs).toBeLessThanOrEqual(2 + 1e-9);
        expect(ageNs).toBeLessThanOrEqual(10e6);
      }),
      { numRuns: 5000 },
    );
  });

  it('S07: never turns a refusal into a permit when a limit is tightened', () => {
    fc.assert(
      fc.property(anyRequest, fc.double({ min: 0, max: 1, noNaN: true }), (change, factor) => {
        const group = testProfile.electrodeGroups[0]!;
        const tighter = freezeLimits({
          ...testProfile,
          electrodeGroups: [{ ...group, amplitudeMaxMicroamps: group.amplitudeMaxMicroamps * factor }],
        });
        const request = { ...insideRequest, ...change };
        const isRefused = checkRequest(request, limits, new Dose(limits), 1e9, 0) !== undefined;
        if (isRefused) expect(checkRequest(request, tighter, new Dose(tighter), 1e9, 0)).toBeDefined();
      }),
    );
  });

  it('S08: refuses pulses beyond the rates, and a pulse on an electrode that is still busy', () => {
    const dose = new Dose(limits);
    const at = (milliseconds: number, electrode: number) => {
      const refusal = checkRequest({ ...insideRequest, electrode }, limits, dose, milliseconds * 1e6, 0);
      if (refusal === undefined) dose.add(electrode, milliseconds * 1e6, 450);
      return refusal?.code;
    };
    expect(at(0, 3)).toBeUndefined();
    expect(checkRequest(insideRequest, limits, dose, 0.44e6, 0)?.code).toBe('electrode-busy');
    for (let pulse = 1; pulse < 20; pulse++) expect(at(pulse * 10, 3)).toBeUndefined();
    expect(at(200, 3)).toBe('electrode-rate');
    for (let pulse = 0; pulse < 10; pulse++) expect(at(210 + pulse * 10, 7)).toBeUndefined();
    expect(at(400, 7)).toBe('total-rate');
    expect(at(1001, 3)).toBeUndefined();
  });

  it('S08: keeps the sliding rates over any sequence of requests', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.constantFrom(3, 7)), { maxLength: 300 }),
        (steps) => {
          const dose = new Dose(limits);
          const permitted: { atMs: number; electrode: number }[] = [];
          let nowMs = 0;
          for (const [waitMs, electrode] of steps) {
            nowMs += waitMs;
            if (checkRequest({ ...insideRequest, electrode }, limits, dose, nowMs * 1e6, 0) !== undefined) continue;
            dose.add(electrode, nowMs * 1e6, 450);
            permitted.push({ atMs: nowMs, electrode });
            const recent = permitted.filter((pulse) => pulse.atMs > nowMs - 1000);
            expect(recent.length).toBeLessThanOrEqual(30);
            expect(recent.filter((pulse) => pulse.electrode === electrode).length).toBeLessThanOrEqual(20);
          }
        },
      ),
    );
  });
});
