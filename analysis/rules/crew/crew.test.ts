import { describe, expect, it } from 'vitest';
import { type Worker, workThrough } from './crew.ts';

/** Workers that double numbers; the log says what began, ended and was disposed. */
function setting() {
  const log: string[] = [];
  let started = 0;
  const startWorker = (work: (piece: number) => Promise<number>): Worker<number, number> => {
    const name = `worker ${++started}`;
    return {
      work: (piece, onProgress) => {
        onProgress(0.5);
        return work(piece);
      },
      dispose: () => void log.push(`${name} ends`),
    };
  };
  return { log, startWorker };
}

describe('a crew', () => {
  it('does every piece once and tells how far it is', async () => {
    const { log, startWorker } = setting();
    const results: number[] = [];
    const told: number[] = [];
    await workThrough([1, 2, 3, 4, 5], {
      workers: 2,
      startWorker: () => startWorker((piece) => Promise.resolve(2 * piece)),
      onProgress: (fraction) => told.push(fraction),
      onResult: (result) => void results.push(result),
    });
    expect(results.sort((a, b) => a - b)).toEqual([2, 4, 6, 8, 10]);
    expect(told[0]).toBeCloseTo(0.1, 12);
    expect(told.at(-1)).toBe(1);
    expect(log).toEqual(['worker 1 ends', 'worker 2 ends']);
  });

  it('starts no more workers than there are pieces', async () => {
    const { log, startWorker } = setting();
    const start = () => startWorker((piece) => Promise.resolve(piece));
    await workThrough([1], { workers: 8, startWorker: start, onProgress() {}, onResult() {} });
    await workThrough([], { workers: 8, startWorker: start, onProgress() {}, onResult() {} });
    expect(log).toEqual(['worker 1 ends']);
  });

  it('ends all workers when a piece fails', async () => {
    const { log, startWorker } = setting();
    const start = () => startWorker((piece) => (piece === 1 ? Promise.reject(new Error('no')) : new Promise(() => {})));
    await expect(
      workThrough([1, 2, 3], { workers: 2, startWorker: start, onProgress() {}, onResult() {} }),
    ).rejects.toThrow('no');
    expect(log).toEqual(['worker 1 ends', 'worker 2 ends']);
  });

  it('ends all workers when it is stopped, before or in the middle of the work', async () => {
    const { log, startWorker } = setting();
    const start = () => startWorker(() => new Promise(() => {}));
    const cancelled = new AbortController();
    const options = { workers: 1, startWorker: start, onProgress() {}, onResult() {}, signal: cancelled.signal };
    const working = workThrough([1, 2], options);
    cancelled.abort(new Error('stopped'));
    await expect(working).rejects.toThrow('stopped');
    await expect(workThrough([1, 2], options)).rejects.toThrow('stopped');
    expect(log).toEqual(['worker 1 ends', 'worker 2 ends']);
  });
});
