// How a long job of the analysis program tells how far it is, and how it is told to stop; analysis process.

/** Takes the part of a job that is done, 0 to 1, and what is being done. */
export type OnProgress = (fraction: number, what: string) => void;

export interface JobOptions {
  onProgress?: OnProgress | undefined;
  /** Ends the job with the signal's reason; no half file is left. */
  signal?: AbortSignal | undefined;
}

/** Part of an export's time that the first reading of the journal takes. */
export const surveyFraction = 0.1;

/** Progress of a part of a job that takes from `from` to `to` of the whole. */
export function part(onProgress: OnProgress | undefined, from: number, to: number): OnProgress {
  return (fraction, what) => onProgress?.(from + (to - from) * fraction, what);
}

/** Progress of one step. */
export function step(
  onProgress: OnProgress | undefined,
  from: number,
  to: number,
  what: string,
): (fraction: number) => void {
  const tell = part(onProgress, from, to);
  return (fraction) => tell(fraction, what);
}
