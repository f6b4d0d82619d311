// One session or two as a figure over time shows them: names, style, alignment, and the lines of the window; pure; used in the page.
import type { CountBins } from '../../../common/figures/review/count-bins.ts';
import { gatherBins } from '../../../common/figures/review/paint-counts.ts';
import type { ActivityScene } from '../../../common/figures/review/review-scene.ts';
import type { SessionLetter } from '../../../common/figures/review/session-styles.ts';
import { timeScale, type TimeScale } from '../../../common/figures/review/time-scale.ts';
import { type CourseLine, courseLines } from './course-lines.ts';

/** A session in a figure. */
export interface CourseSession {
  letter: SessionLetter;
  name: string;
  scene: ActivityScene & { window: { sampleRateHz: number } };
}

export interface Course {
  session: CourseSession;
  scale: TimeScale;
  bins: CountBins;
  lines: CourseLine[];
}

/** @param lane where the window is drawn, CSS px. @param columnWidth of a device pixel, CSS px */
export function courseOf(session: CourseSession, lane: { left: number; width: number }, columnWidth: number): Course {
  const { scene } = session;
  const scale = timeScale(scene.window, lane);
  const bins = gatherBins({ columnWidth }, lane, scale, scene);
  return { session, scale, bins, lines: courseLines(scene.description, bins) };
}

/** Index of the bin that holds a sample of the session; undefined outside of what is drawn. */
export function binAt({ bins }: Course, sample: number): number | undefined {
  const bin = Math.floor((sample - bins.fromSample) / bins.samplesPerBin);
  return bin >= 0 && bin < bins.bins ? bin : undefined;
}

/** Time of the session at a place of the first one, s. */
export function secondsAt(session: CourseSession, first: CourseSession, sample: number): number {
  const [own, other] = [session.scene.window, first.scene.window];
  return (sample - other.fromSample) / other.sampleRateHz + own.fromSample / own.sampleRateHz;
}
