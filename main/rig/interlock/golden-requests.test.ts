import { describe, expect, it } from 'vitest';
import { type RefusalCode, refusalCodes, refuse } from '../../../common/contract/refusals.ts';
import type { LimitsInForce } from '../../../common/limits/limits-in-force.ts';
import { decide } from './decide.ts';
import { brokenByDose, type Past, pulseOf } from './dose-oracle.fixture.ts';
import { goldenBench } from './golden-bench.ts';
import { runGoldenRequests } from './golden-requests.ts';
import { goldenTissue } from './golden-tissue.ts';
import {
  type Circumstances,
  goldenDose,
  goldenLimits,
  goldenPast,
  goldenRequest,
  type GoldenRequest,
  goldenSnapshot,
  type GoldenVectors,
} from './golden-vectors.ts';
import { issuePermit } from './permit.ts';
import { brokenByMoment, brokenByPulse } from './pulse-oracle.fixture.ts';

/** Refusals that come from elsewhere: the gate, the recorder. */
const ofOthers: RefusalCode[] = ['not-recorded', 'expired', 'permit-reused'];

function pastOf(
  vectors: GoldenVectors,
  limits: LimitsInForce,
  { past, earlier, reserved = Infinity }: Circumstances,
): Past {
  const pulses = goldenPast(vectors, limits, past).map(([ask, atNs]) =>
    pulseOf(goldenRequest([ask, 'permit', 0, 0]), atNs, 10_000),
  );
  const [count, femtocoulombs] = earlier ?? [0, 0];
  return {
    pulses: pulses.sort((a, b) => a.startNs - b.startNs),
    earlier: [{ electrode: 0, atNs: -36e12, pulses: count, femtocoulombs }],
    releasedNs: 0,
    pulsesBeforeRelease: 0,
    reserved,
  };
}

/** Every limit that a golden request breaks, by the oracles' arithmetic. */
function brokenBy(vectors: GoldenVectors, golden: GoldenRequest): RefusalCode[] {
  const limits = goldenLimits(vectors);
  const otherwise = golden[4] ?? {};
  const request = goldenRequest(golden);
  const snapshot = goldenSnapshot(limits, goldenDose(vectors, limits, otherwise), otherwise);
  const byPulse = brokenByPulse(request, snapshot, 'none');
  const first = byPulse[0] ?? 'amplitude';
  if (['not-armed', 'phase-without-stimulation', 'not-finite', 'electrode-not-covered'].includes(first)) return byPulse;
  return [
    ...byPulse,
    ...brokenByMoment(request, snapshot),
    ...brokenByDose(request, snapshot, pastOf(vectors, limits, otherwise), 'none'),
  ];
}

describe.each([goldenBench, goldenTissue])('the golden requests for $profile', (vectors) => {
  it.each(vectors.requests.map((golden, index) => [index + 1, golden[1], golden] as const))(
    'S05: number %d is answered as other arithmetic says: %s',
    (_, answer, golden) => {
      const broken = brokenBy(vectors, golden);
      // One limit at a time: it is this one that a wrong decision would miss.
      expect(broken).toEqual(answer === 'permit' ? [] : [answer]);
    },
  );

  it('have every answer that the decision can give, and to each limit one that is permitted', () => {
    const answers = new Set(vectors.requests.map(([, answer]) => answer));
    const never = [...ofOthers, ...(vectors === goldenBench ? ['hold-to-run'] : ['charge-per-phase'])];
    expect(refusalCodes.filter((code) => !answers.has(code)).sort()).toEqual(never.sort());
    expect(vectors.requests.length).toBeGreaterThanOrEqual(100);
  });

  it('name no past that is not there', () => {
    const named = new Set(vectors.requests.flatMap(([, , , , otherwise]) => otherwise?.past ?? []));
    expect([...named].sort()).toEqual(Object.keys(vectors.pasts).sort());
  });
});

describe('runGoldenRequests', () => {
  it('finds that the interlock’s decision answers all of them rightly', () => {
    expect(runGoldenRequests()).toEqual({
      tried: goldenBench.requests.length + goldenTissue.requests.length,
      wrong: [],
    });
  });

  it('finds a decision that permits or refuses everything', () => {
    const refusals = [...goldenBench.requests, ...goldenTissue.requests].filter(
      ([, answer]) => answer !== 'permit',
    ).length;
    const permissive = runGoldenRequests((request, { acquiredNs }) => issuePermit(request, 1, 1, acquiredNs + 10e6));
    expect(permissive.wrong.length).toBe(refusals);
    expect(permissive.wrong[0]).toBe('bench 1: permit instead of not-armed');
    const strict = runGoldenRequests(() => refuse('not-armed'));
    expect(strict.wrong.length).toBe(strict.tried - 20);
    expect(strict.wrong[0]).toBe('bench 8: not-armed (0 against 0) instead of permit');
  });

  it('finds one limit that is beside the truth by one step, a wrong value, a wrong bound and a wrong deadline', () => {
    const looser = runGoldenRequests((request, snapshot) => {
      const verdict = decide(request, snapshot);
      const isOneBeyond = 'kind' in verdict && verdict.code === 'shannon';
      return isOneBeyond ? decide({ ...request, amplitudeNanoamps: 1 }, snapshot) : verdict;
    });
    expect(looser.wrong).toEqual(['bench 53: permit instead of shannon', 'in-vitro-mea 51: permit instead of shannon']);
    const miscounting = (change: { value?: number; bound?: number }) =>
      runGoldenRequests((request, snapshot) => {
        const verdict = decide(request, snapshot);
        return 'kind' in verdict && verdict.code === 'session-dose' ? { ...verdict, ...change } : verdict;
      }).wrong;
    expect(miscounting({ value: 100 })[0]).toMatch('session-dose (100 against 100) instead of session-dose');
    expect(miscounting({ bound: 101 })[0]).toMatch('session-dose (101 against 101) instead of session-dose');
    expect(miscounting({ value: NaN })[0]).toMatch('session-dose (NaN against 100) instead of session-dose');
    const late = runGoldenRequests((request, snapshot) => {
      const verdict = decide(request, snapshot);
      return 'kind' in verdict ? verdict : issuePermit(request, 1, 1, verdict.expiryNs + 1);
    });
    expect(late.wrong[0]).toBe('bench 8: a permit that is not good instead of permit');
    const copied = runGoldenRequests((request, snapshot) => ({ ...decide(request, snapshot) }));
    expect(copied.wrong.length).toBe(late.wrong.length);
  });
});
