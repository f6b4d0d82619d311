// `exocortex bench review`: how long a long session takes to be made ready, to be opened and to be looked at. Main process of the plain-Node shell.
import { join } from 'node:path';
import { percentile } from '../../../../common/base/percentile.ts';
import { ReviewPrograms } from '../../../application/review-programs.ts';
import type { ReviewQuestion } from '../../../../common/contract/review-program.ts';
import type { ShellSetting } from '../shell-setting.ts';
import type { Spread } from './bench-review/frame-spread.ts';
import { type TimedFrames, timeFrames } from './bench-review/time-frames.ts';
import { benchSource, type WrittenSession, writeBenchSession } from './bench-review/write-session.ts';
import { inBenchFolder } from './in-bench-folder.ts';

export interface ReviewBenchOptions {
  gigabytes: number;
  /** Windows that are looked at for each width. */
  windows: number;
  isJson: boolean;
}

/** Spread of the times in which all pieces of a window came. */
interface WindowTimes {
  windowSeconds: number;
  p50Milliseconds: number;
  p99Milliseconds: number;
  maxMilliseconds: number;
}

export interface ReviewBenchResult extends WrittenSession {
  channels: number;
  sampleRateHz: number;
  writeSeconds: number;
  /** Making the index: the journal is read once. */
  indexSeconds: number;
  /** Opening with the index there: start of the program to its first answer. The third is the median. */
  openMilliseconds: number[];
  windows: WindowTimes[];
  /** The page in a browser; a sentence: why it was not measured. */
  frames: TimedFrames | string;
}

/** Pieces as the page asks for them: 1,024 columns, electrodes in blocks of 32, of which half are seen. */
const columns = 1024;
const block = 32;
const screenPixels = 1400;
const windowSeconds = [0.05, 1, 10, 60, 600, 3600];
const opens = 5;
const page = 1;

const milliseconds = async (work: () => Promise<unknown>) => {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
};

async function timeWindows(
  programs: ReviewPrograms,
  folder: string,
  session: WrittenSession,
  seconds: number,
  count: number,
): Promise<WindowTimes> {
  const samples = seconds * benchSource.sampleRateHz;
  const samplesPerColumn = 2 ** Math.max(0, Math.floor(Math.log2(samples / screenPixels)));
  const span = samplesPerColumn * columns;
  const pieces = Math.ceil(samples / span) + 1;
  const last = Math.floor((session.seconds * benchSource.sampleRateHz) / span);
  const times: number[] = [];
  let ticket = 0;
  for (let window = 0; window < count; window++) {
    // Windows lie all over the session, none twice.
    const first = Math.floor(((window * 0.618_034) % 1) * Math.max(1, last - pieces));
    const questions = Array.from({ length: pieces }, (_, piece): ReviewQuestion[] => {
      const query = { folder, ticket: ++ticket, fromSample: (first + piece) * span, samplesPerColumn, columns };
      return [
        { name: 'review.traces', query: { ...query, firstChannel: 0, channels: block } },
        { name: 'review.activity', query: { ...query, ticket: ++ticket } },
      ];
    }).flat();
    times.push(
      await milliseconds(async () => {
        const outcomes = await Promise.all(questions.map((question) => programs.ask(page, question)));
        for (const outcome of outcomes) if ('refusal' in outcome) throw new Error(outcome.refusal.what);
      }),
    );
  }
  times.sort((a, b) => a - b);
  return {
    windowSeconds: seconds,
    p50Milliseconds: percentile(times, 0.5),
    p99Milliseconds: percentile(times, 0.99),
    maxMilliseconds: times.at(-1) ?? 0,
  };
}

/** @returns 0; 2 when the session cannot be written. */
export function benchReview(setting: ShellSetting, options: ReviewBenchOptions): Promise<number> {
  const { platform, version } = setting;
  const { gigabytes } = options;
  return inBenchFolder(setting, 1.3 * gigabytes, async (home, checked) => {
    const programs = new ReviewPrograms({ platform, isRecording: () => false, notify: () => {} });
    try {
      const sessionsFolder = join(home, 'sessions');
      const folder = join(sessionsFolder, 'session');
      let session: WrittenSession = { bytes: 0, seconds: 0 };
      const writeMs = await milliseconds(async () => {
        session = writeBenchSession(folder, gigabytes * 1e9, checked, version);
      });
      const indexMs = await milliseconds(async () => {
        const refusal = await programs.prepare(folder, () => {});
        if (refusal !== undefined) throw new Error(refusal.what);
      });
      const openMilliseconds: number[] = [];
      for (let open = 0; open < opens; open++) {
        if (open > 0) programs.close(page, folder);
        openMilliseconds.push(await milliseconds(() => programs.open(page, folder)));
      }
      const windows: WindowTimes[] = [];
      for (const seconds of windowSeconds.filter((each) => each < session.seconds))
        windows.push(await timeWindows(programs, folder, session, seconds, options.windows));
      await programs.end();
      const frames = await timeFrames(setting, sessionsFolder, join(home, 'station'));
      const result: ReviewBenchResult = {
        ...session,
        channels: benchSource.channels,
        sampleRateHz: benchSource.sampleRateHz,
        writeSeconds: writeMs / 1000,
        indexSeconds: indexMs / 1000,
        openMilliseconds: openMilliseconds.sort((a, b) => a - b),
        windows,
        frames,
      };
      if (options.isJson) setting.print(JSON.stringify(result));
      else for (const line of resultLines(result)) setting.print(line);
      return 0;
    } finally {
      await programs.end();
    }
  });
}

function resultLines(result: ReviewBenchResult): string[] {
  const { bytes, seconds, channels, sampleRateHz, indexSeconds, openMilliseconds, windows, frames } = result;
  const gigabytes = (bytes / 1e9).toFixed(1);
  return [
    `${gigabytes} GB, ${(seconds / 60).toFixed(1)} min of ${channels} electrodes at ${sampleRateHz / 1000} kHz`,
    `index made in ${indexSeconds.toFixed(1)} s (${(bytes / 1e6 / indexSeconds).toFixed(0)} MB/s)`,
    `opened in ${openMilliseconds[2]!.toFixed(0)} ms (median of ${opens})`,
    'window      p50 ms    p99 ms    max ms   until all of it has come',
    ...windows.map(({ windowSeconds: width, p50Milliseconds, p99Milliseconds, maxMilliseconds }) =>
      [
        `${width} s`.padEnd(10),
        ...[p50Milliseconds, p99Milliseconds, maxMilliseconds].map((ms) => ms.toFixed(1).padStart(9)),
      ].join(' '),
    ),
    ...(typeof frames === 'string' ? [frames] : frameLines(frames)),
  ];
}

function frameLines({
  browser,
  openMilliseconds,
  review,
  emptyPage,
  drawMs,
  drawProcessorMs,
  settleMilliseconds,
}: TimedFrames): string[] {
  const numbers = ({ p50, p95, p99, max }: Spread) => [p50, p95, p99, max].map((ms) => ms.toFixed(1).padStart(9));
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`.padStart(11);
  return [
    `in ${browser}: opened in ${percentile(openMilliseconds, 0.5).toFixed(0)} ms (median of ${openMilliseconds.length}), everything that is seen is there ${settleMilliseconds.p50.toFixed(0)} ms after a movement (median; at most ${settleMilliseconds.max.toFixed(0)} ms)`,
    'ms                      frames       p50       p95       p99       max  > 16.7 ms    > 33 ms',
    ...[['review', review] as const, ['empty page', emptyPage] as const].map(([name, spread]) =>
      [
        name.padEnd(20),
        String(spread.frames).padStart(9),
        ...numbers(spread),
        percent(spread.above16_7),
        percent(spread.above33),
      ].join(' '),
    ),
    ...[['own drawing', drawMs] as const, ['processor time of it', drawProcessorMs] as const].map(([name, spread]) =>
      [name.padEnd(20), String(spread.frames).padStart(9), ...numbers(spread)].join(' '),
    ),
  ];
}
