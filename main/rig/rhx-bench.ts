// Measures a session with RHX and fuzzes the parsers of its streams. Thread of `exocortex bench rhx`.
import { setTimeout as wait } from 'node:timers/promises';
import type { RhxBenchAnswer, RhxBenchRequest } from '../../common/bench/rhx-run.ts';
import { spreadOf } from '../../common/bench/time-spread.ts';
import { rhxChannelName } from '../../common/experiment/rhx-source.ts';
import { hostClock } from './hardware/host-clock.ts';
import { type RhxSelection, samplesPerBlock } from './hardware/rhx/columns.ts';
import { fuzzSpikes, fuzzWaveforms } from './hardware/rhx/fuzz-streams.ts';
import { RhxSession } from './hardware/rhx/rhx-session.ts';
import { readerThreadIn } from './hardware/start-reader-thread.ts';

/** Between two questions how far RHX is ahead. */
const lookMilliseconds = 100;
/** What comes closer together is one burst. */
const burstMs = 0.5;

export async function runRhxBench(request: RhxBenchRequest): Promise<RhxBenchAnswer> {
  const { host, port, seconds, channels, blocksPerWrite, damages, seed } = request;
  const selection: RhxSelection = {
    amplifiers: Array.from({ length: channels }, (_, index) => ({
      channel: rhxChannelName('A', index),
      bands: ['WIDE'],
      hasSpikes: false,
    })),
    others: [],
  };
  const startReader = readerThreadIn(request.programsFolder, 'rhx-reader-thread');
  const session = await RhxSession.open({ host, port, selection, blocksPerWrite, startReader });
  try {
    const measured = await measure(session, seconds);
    const { isStimulator, version, sampleRateHz } = session.description;
    return {
      controller: { type: isStimulator ? 'RHS' : 'RHD', version, sampleRateHz, channels },
      blocksPerWrite,
      seconds,
      ...measured,
      fuzz: { waveform: fuzzWaveforms(damages, seed), spike: fuzzSpikes(damages, seed) },
    };
  } finally {
    session.dispose();
  }
}

async function measure(session: RhxSession, seconds: number) {
  const intervals: number[] = [];
  const lateness: number[] = [];
  const handOver: number[] = [];
  const problems: string[] = [];
  let blocks = 0;
  let lostSamples = 0;
  let beforeNs = 0;
  session.onGap(({ samples }) => (lostSamples += samples));
  session.onProblem(({ code, message }) => problems.push(`${code}: ${message}`));
  session.onBlock(({ firstSample, receivedNs }) => {
    blocks++;
    const nowNs = hostClock.nowNs();
    const intervalMs = (receivedNs - beforeNs) / 1e6;
    if (beforeNs > 0 && intervalMs > burstMs) intervals.push(intervalMs);
    beforeNs = receivedNs;
    const expectedNs = session.monitor.clock.expectedNs(firstSample + samplesPerBlock - 1);
    if (expectedNs !== undefined) lateness.push((receivedNs - expectedNs) / 1e6);
    handOver.push((nowNs - receivedNs) / 1e6);
  });
  const startedMs = performance.now();
  await session.run();
  const startMs = Math.round(performance.now() - startedMs);
  const lags: number[] = [];
  while (performance.now() - startedMs < seconds * 1000) {
    await wait(lookMilliseconds);
    const lag = await session.measureLag();
    if (lag !== undefined) lags.push(lag);
  }
  const samplesPerSecond = session.monitor.clock.rateHz(10);
  await session.stop();
  return {
    blocks,
    startMs,
    burstIntervalMs: spreadOf(intervals),
    behindRhxMs: spreadOf(lags),
    latenessMs: spreadOf(lateness),
    handOverMs: spreadOf(handOver),
    roundTripMs: spreadOf(session.roundTripsNs.map((ns) => ns / 1e6)),
    samplesPerSecond,
    lostSamples,
    droppedBlocks: session.droppedBlocks,
    problems,
  };
}
