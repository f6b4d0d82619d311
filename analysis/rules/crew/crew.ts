// Does many pieces of work at once on several workers, each with one piece at a time; analysis process.

/** Does one piece after the other; disposing ends it, whatever it does. */
export interface Worker<Piece, Result> {
  work(piece: Piece, onProgress: (fraction: number) => void): Promise<Result>;
  dispose(): void;
}

export interface CrewOptions<Piece, Result> {
  /** At least one. */
  readonly workers: number;
  startWorker(): Worker<Piece, Result>;
  /** How much of all is done, 0 to 1; every piece counts the same. */
  onProgress(fraction: number): void;
  /** Called for each finished piece before the next one of its worker begins. */
  onResult(result: Result, piece: Piece): Promise<void> | void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Pieces are begun in their order and may end in any.
 * @throws the signal's reason when it aborts, or the first error of a piece; workers are then ended in the middle of theirs.
 */
export async function workThrough<Piece, Result>(
  pieces: readonly Piece[],
  { workers: count, startWorker, onProgress, onResult, signal }: CrewOptions<Piece, Result>,
): Promise<void> {
  const waiting = [...pieces.keys()];
  const fractions = new Float64Array(pieces.length);
  const tell = (index: number, fraction: number) => {
    fractions[index] = fraction;
    onProgress(fractions.reduce((sum, each) => sum + each, 0) / pieces.length);
  };
  const workers = Array.from({ length: Math.min(count, pieces.length) }, startWorker);
  let isEnded = false;
  const workOn = async (worker: Worker<Piece, Result>) => {
    for (let index = waiting.shift(); index !== undefined && !isEnded; index = waiting.shift()) {
      const piece = pieces[index]!;
      const at = index;
      const result = await worker.work(piece, (fraction) => tell(at, fraction));
      await onResult(result, piece);
      tell(index, 1);
    }
  };
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal?.reason as Error);
  });
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted === true) onAbort();
  try {
    await Promise.race([Promise.all(workers.map(workOn)), aborted]);
  } finally {
    isEnded = true;
    signal?.removeEventListener('abort', onAbort);
    for (const worker of workers) worker.dispose();
  }
}
