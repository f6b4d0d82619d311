// What becomes of a unit whose loss leaves the finite numbers: its curve ends there, and it says when and with what; analysis process.
import type { UnitFindings } from './study-kind.ts';

/** A loss above this is called divergence before it overflows. */
const largestLoss = 1e12;

export const isDiverged = (loss: number | null): boolean => loss !== null && !(Math.abs(loss) <= largestLoss);

/** @param findings as computed. @returns the same without numbers from a loss on that has diverged; all others are finite then */
export function settled(findings: UnitFindings): UnitFindings {
  const { curve, score } = findings;
  const found = curve.findIndex((point) => isDiverged(point.loss) || isDiverged(point.score));
  if (found < 0 && !isDiverged(score)) return findings;
  const until = found < 0 ? curve.length - 1 : found;
  const { presentations, loss } = curve[until]!;
  return {
    ...findings,
    curve: [...curve.slice(0, until), { presentations, loss: null, score: null, anglesDegrees: [] }],
    ...(findings.delays && {
      delays: findings.delays.map((delay) => ({ ...delay, score: null, credit: null })),
    }),
    score: null,
    diverged: { presentations, loss: String(isDiverged(loss) ? loss : score) },
  };
}
