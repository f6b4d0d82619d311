// Tries the decision on requests whose answers are known: part of the self-test at every arming. Rig thread; pure.
import { decide } from './decide.ts';
import type { Dose } from './dose.ts';
import { goldenBench } from './golden-bench.ts';
import { goldenTissue } from './golden-tissue.ts';
import { goldenDose, goldenLimits, type GoldenRequest, goldenRequest, goldenSnapshot } from './golden-vectors.ts';
import { redeemPermit } from './permit.ts';
import type { Snapshot } from './snapshot.ts';

/** @returns what the decision answered instead of what it must; undefined when it was right. */
function wrongAnswer(golden: GoldenRequest, snapshot: Snapshot, decision: typeof decide): string | undefined {
  const [, answer, value, bound] = golden;
  const verdict = decision(goldenRequest(golden), snapshot);
  if ('kind' in verdict) {
    const isRight = verdict.code === answer && Object.is(verdict.value, value) && Object.is(verdict.bound, bound);
    return isRight ? undefined : `${verdict.code} (${verdict.value} against ${verdict.bound})`;
  }
  if (answer !== 'permit') return 'permit';
  const expiryNs = snapshot.acquiredNs + snapshot.limits.timing.dataAgeMaxMicroseconds * 1000;
  return verdict.expiryNs === expiryNs && redeemPermit(verdict) ? undefined : 'a permit that is not good';
}

/**
 * Tries every golden request.
 * @param decision another one than the interlock's only to show that its errors are found.
 * @returns how many were tried, and in words each that was answered otherwise than it must be.
 */
export function runGoldenRequests(decision: typeof decide = decide): { tried: number; wrong: string[] } {
  const all = [goldenBench, goldenTissue].flatMap((vectors) => {
    const limits = goldenLimits(vectors);
    // A decision notes nothing: requests that follow the same dose share it, in order of time.
    const doses = new Map<string, Dose>();
    return vectors.requests.map((golden, index) => {
      const otherwise = golden[4] ?? {};
      const given = [otherwise.past, otherwise.earlier, otherwise.reserved].join();
      const dose = doses.get(given) ?? goldenDose(vectors, limits, otherwise);
      doses.set(given, dose);
      const wrong = wrongAnswer(golden, goldenSnapshot(limits, dose, otherwise), decision);
      return wrong === undefined ? [] : [`${vectors.profile} ${index + 1}: ${wrong} instead of ${golden[1]}`];
    });
  });
  return { tried: all.length, wrong: all.flat() };
}
