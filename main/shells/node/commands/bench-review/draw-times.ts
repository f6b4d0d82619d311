// What a trace of the browser says of the processor time that a page took for its drawings; pure; main process of the plain-Node shell.

/** One event of a trace, as Chromium writes it. */
export interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** When it began, µs. */
  readonly ts: number;
  /** Processor time of its thread, µs; some systems do not tell it. */
  readonly tdur?: number;
}

const callback = 'FireAnimationFrame';
/** Comes once in a frame, behind all its callbacks. */
const frameEnd = 'PrePaint';

/** @returns ms of processor time for each frame with a callback beside the counter's own, in the thread with most of them; none without such times */
export function drawTimes(events: readonly TraceEvent[]): number[] {
  const threads = new Map<string, TraceEvent[]>();
  for (const event of events) {
    if (event.name !== callback && event.name !== frameEnd) continue;
    const thread = `${event.pid}:${event.tid}`;
    const own = threads.get(thread);
    if (own === undefined) threads.set(thread, [event]);
    else own.push(event);
  }
  const [busiest = []] = [...threads.values()].sort((a, b) => b.length - a.length);
  const times: number[] = [];
  let [callbacks, microseconds] = [0, 0];
  for (const { name, tdur = NaN } of busiest.toSorted((a, b) => a.ts - b.ts)) {
    if (name === callback) {
      callbacks++;
      microseconds += tdur;
      continue;
    }
    if (callbacks > 1 && !Number.isNaN(microseconds)) times.push(microseconds / 1000);
    callbacks = microseconds = 0;
  }
  return times;
}
