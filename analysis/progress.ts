// How a long job of the analysis program tells how far it is, and how it is told to stop; analysis process.

/** Takes the part of a job that is done, 0 to 1, and what is being done. */
export type OnProgress = (fraction: number, what: string) => void;

export interface JobOptions {
  onProgress?: OnProgress | undefined;
  /** Ends the job with the signal's reason; no half file is left. */
  signal?: AbortSignal | undefined;
}

/** Progress of one step of a job that takes from `from` to `to` of the whole. */
export function step(onProgress: OnProgress | undefined, from: number, to: number, what: string): (fraction: number) => void {
  return (fraction) => onProgress?.(from + (to - from) * fraction, what);
}
