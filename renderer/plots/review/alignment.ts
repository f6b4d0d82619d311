// How a second session is laid over a first one: events that both are aligned by, and how far one is moved; pure; used in the page.
import type { ReviewDescription, ReviewEvents } from '../../../common/contract/review.ts';
import type { SeenWindow } from '../../../common/figures/review/review-scene.ts';

/** A moment of a session by which it can be laid over another one. */
export interface AlignmentPoint {
  /** The same for the same kind of event in every session. */
  id: string;
  words: string;
  /** From the session's first sample on. */
  seconds: number;
}

export const startPoint: AlignmentPoint = { id: 'start', words: 'start of the session', seconds: 0 };

/** The start, the first delivery, the first trip, and the first phase, mark and rising edge of each name, in this order. */
export function alignmentPoints(
  events: ReviewEvents | undefined,
  { sampleRateHz, digitalInputs }: Pick<ReviewDescription, 'sampleRateHz' | 'digitalInputs'>,
): AlignmentPoint[] {
  const points = new Map([[startPoint.id, startPoint]]);
  const add = (id: string, words: string, at: number | undefined) => {
    if (at !== undefined && !points.has(id)) points.set(id, { id, words, seconds: at / sampleRateHz });
  };
  add('delivery', 'first delivery', events?.firstDelivery);
  add('trip', 'first trip', events?.faults.find(({ isFirst }) => isFirst)?.at);
  for (const { at, name } of events?.phases ?? []) add(`phase ${name}`, `phase “${name}”`, at);
  for (const { at, text } of events?.marks ?? [])
    add(`mark ${text}`, text === '' ? 'first mark' : `mark “${text}”`, at);
  for (const { line, name } of digitalInputs) {
    const rise = events?.firstRises.find((each) => each.line === line);
    add(`rise ${name}`, `first rising edge of ${name}`, rise?.at);
  }
  return [...points.values()];
}

/** @returns the point of that kind; the start where the session has none */
export function pointOf(points: readonly AlignmentPoint[], id: string): AlignmentPoint {
  return points.find((point) => point.id === id) ?? startPoint;
}

/**
 * @param offsetSeconds by which the second session is moved to later times
 * @returns time of the second session at the first one's time zero, s
 */
export function shiftSeconds(first: AlignmentPoint, second: AlignmentPoint, offsetSeconds: number): number {
  return second.seconds - first.seconds - offsetSeconds;
}

/** The same stretch of time in the second session, which may lie beside what it recorded. */
export function overlaidWindow(
  window: { fromSample: number; toSample: number; sampleRateHz: number },
  shift: number,
  second: { samples: number; sampleRateHz: number },
): SeenWindow & { sampleRateHz: number } {
  const placeOf = (sample: number) => (sample / window.sampleRateHz + shift) * second.sampleRateHz;
  return {
    fromSample: placeOf(window.fromSample),
    toSample: placeOf(window.toSample),
    sessionSamples: second.samples,
    sampleRateHz: second.sampleRateHz,
  };
}
