// Result of the loop-back test: how long pulses take from this program into the stimulator's own reference load and back; used in every process.
import { percentile } from '../base/percentile.ts';

export const loopBackPulses = { least: 10, most: 500, usual: 100 } as const;

export interface LoopBackResult {
  electrode: number;
  /** Pulses that were sent. */
  sent: number;
  /** From the gate to the acknowledgement, of each delivered pulse in order, ms. */
  milliseconds: number[];
  /** Pulses without an answer in time. */
  unanswered: number;
  /** Answers other than 'delivered', by name. */
  refused: Record<string, number>;
  /** Deadline of the experiment: what takes longer makes its tick late by itself. */
  limitMilliseconds: number;
  /** Why fewer pulses were sent than asked for; absent: all were. */
  endedEarly?: string;
}

/** @param share 0.5 for the median. @returns the smallest value that at least this share does not exceed; undefined of nothing */
export function latencyQuantile(milliseconds: readonly number[], share: number): number | undefined {
  return milliseconds.length === 0 ? undefined : percentile(Float64Array.from(milliseconds).sort(), share);
}

/** @returns in plain words what the result means and what to do */
export function loopBackVerdict(result: LoopBackResult): { isGood: boolean; what: string; toDo: string } {
  const { sent, milliseconds, unanswered, refused, limitMilliseconds, endedEarly } = result;
  const late = milliseconds.filter((value) => !(value <= limitMilliseconds)).length;
  const refusals = Object.entries(refused).map(([outcome, count]) => `${count} × ${outcome}`);
  const bad = (what: string, toDo: string) => ({ isGood: false, what, toDo });
  if (endedEarly !== undefined)
    return bad(`The test ended after ${sent} pulses: ${endedEarly}.`, 'Look at the state above, and test again.');
  if (unanswered > 0)
    return bad(
      `${unanswered} of ${sent} pulses were not acknowledged.`,
      'Check the cable to the stimulator; do not arm before every pulse is answered.',
    );
  if (refusals.length > 0)
    return bad(
      `The stimulator did not deliver all pulses into its reference load: ${refusals.join(', ')}.`,
      'Look up the answer in the operator’s guide; do not arm before it is mended.',
    );
  if (late > 0)
    return bad(
      `${late} of ${sent} pulses took longer than the deadline of ${limitMilliseconds} ms.`,
      'Close other programs, switch power saving off, and plug the stimulator into a port of its own.',
    );
  return {
    isGood: true,
    what: `All ${sent} pulses were delivered into the reference load and acknowledged within the deadline of ${limitMilliseconds} ms.`,
    toDo: '',
  };
}
