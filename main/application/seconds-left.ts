// How long a job will still take, told from how long it has taken so far. Main thread.

/**
 * @param seconds since this start
 * @param first fraction that an earlier start had done
 * @param fraction that is done now
 * @returns whole seconds, rounded up; undefined while there is nothing to tell it from.
 */
export function secondsLeft(seconds: number, first: number, fraction: number): number | undefined {
  if (fraction - first < 0.01 || seconds < 1) return undefined;
  return Math.ceil((seconds * (1 - fraction)) / (fraction - first));
}
