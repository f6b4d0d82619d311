// A second session that is laid over the one that is reviewed: which, by which event of each, and how far it is moved. Runs in the page.
import { alignmentPoints, type AlignmentPoint, pointOf, shiftSeconds, startPoint } from '../plots/review/alignment.ts';
import type { OpenReview } from './open-review.svelte.ts';

/** What is kept when both sessions are opened again. */
export interface AlignmentChoice {
  firstPoint: string;
  secondPoint: string;
  offsetSeconds: number;
}

export class Comparison {
  readonly first: OpenReview;
  readonly second: OpenReview;
  /** Ids of the events. */
  firstPoint = $state(startPoint.id);
  secondPoint = $state(startPoint.id);
  /** By which the second session is moved to later times. */
  offsetSeconds = $state(0);

  constructor(first: OpenReview, second: OpenReview) {
    this.first = first;
    this.second = second;
  }

  get firstPoints(): AlignmentPoint[] {
    return alignmentPoints(this.first.events, this.first.description);
  }
  get secondPoints(): AlignmentPoint[] {
    return alignmentPoints(this.second.events, this.second.description);
  }

  /** Chooses an event of the reviewed session, and the same one of the other where it has it. */
  alignBy(id: string): void {
    this.firstPoint = id;
    if (this.secondPoints.some((point) => point.id === id)) this.secondPoint = id;
  }

  /** Time of the second session at the first one's time zero, s. */
  get shiftSeconds(): number {
    const [first, second] = [pointOf(this.firstPoints, this.firstPoint), pointOf(this.secondPoints, this.secondPoint)];
    // A field that is being typed into may hold no number.
    return shiftSeconds(first, second, Number.isFinite(this.offsetSeconds) ? this.offsetSeconds : 0);
  }

  /** Where the events of both lie on the first session's time, and what they are called. */
  get anchor(): { seconds: number; words: string } {
    const { words, seconds } = pointOf(this.firstPoints, this.firstPoint);
    return { words, seconds };
  }

  get choice(): AlignmentChoice {
    const { firstPoint, secondPoint, offsetSeconds } = this;
    return { firstPoint, secondPoint, offsetSeconds };
  }

  take({ firstPoint, secondPoint, offsetSeconds }: AlignmentChoice): void {
    this.firstPoint = firstPoint;
    this.secondPoint = secondPoint;
    this.offsetSeconds = offsetSeconds;
  }
}
