// Which sample lies at which place of a lane; used in the page and in reports.
import type { Box } from '../pen.ts';

export interface TimeScale {
  fromSample: number;
  toSample: number;
  /** CSS px of the first sample, and of the whole window. */
  left: number;
  width: number;
  sampleRateHz: number;
}

export function timeScale(
  window: { fromSample: number; toSample: number; sampleRateHz: number },
  { left, width }: Pick<Box, 'left' | 'width'>,
): TimeScale {
  const { fromSample, toSample, sampleRateHz } = window;
  return { fromSample, toSample, left, width, sampleRateHz };
}

export function xOf(scale: TimeScale, sample: number): number {
  return scale.left + ((sample - scale.fromSample) / (scale.toSample - scale.fromSample)) * scale.width;
}

export function sampleAt(scale: TimeScale, x: number): number {
  return scale.fromSample + ((x - scale.left) / scale.width) * (scale.toSample - scale.fromSample);
}

/** Samples per CSS px. */
export function samplesPerPixel(scale: TimeScale): number {
  return (scale.toSample - scale.fromSample) / Math.max(1, scale.width);
}
