// Measures a stream of the Open Ephys GUI and fuzzes what reads it. Thread of `exocortex bench open-ephys`.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { OpenEphysBenchAnswer, OpenEphysBenchRequest } from '../../common/bench/open-ephys-run.ts';
import { spreadOf } from '../../common/bench/time-spread.ts';
import { hostClock } from './hardware/host-clock.ts';
import { fuzzConnection, fuzzMessages } from './hardware/open-ephys/fuzz-messages.ts';
import { OpenEphysSession } from './hardware/open-ephys/open-ephys-session.ts';
import { readerThreadIn } from './hardware/start-reader-thread.ts';

/** As Intan's chips sample. */
const microvoltsPerBit = 0.195;
/** What comes closer together is one burst. */
const burstMs = 0.5;

export async function runOpenEphysBench(request: OpenEphysBenchRequest): Promise<OpenEphysBenchAnswer> {
  const { host, dataPort, httpPort, blockMilliseconds, seconds, damages, seed } = request;
  const startReader = readerThreadIn(request.programsFolder, 'open-ephys-reader-thread');
  const uuid = randomUUID();
  const session = await OpenEphysSession.open({
    host,
    dataPort,
    httpPort,
    blockMilliseconds,
    microvoltsPerBit,
    uuid,
    startReader,
  });
  try {
    const { stream, channels, sampleRateHz } = session.layout;
    return {
      stream,
      channels: channels.length,
      sampleRateHz,
      bufferMilliseconds: session.bufferMilliseconds,
      seconds,
      ...(await measure(session, seconds)),
      fuzz: { messages: fuzzMessages(damages, seed), connection: fuzzConnection(damages, seed) },
    };
  } finally {
    session.dispose();
  }
}

async function measure(session: OpenEphysSession, seconds: number) {
  const intervals: number[] = [];
  const lateness: number[] = [];
  const handOver: number[] = [];
  const problems: string[] = [];
  let blocks = 0;
  let beforeNs = 0;
  session.onProblem(({ code, message }) => problems.push(`${code}: ${message}`));
  session.onBlock(({ firstSample, receivedNs }) => {
    blocks++;
    const intervalMs = (receivedNs - beforeNs) / 1e6;
    if (beforeNs > 0 && intervalMs > burstMs) intervals.push(intervalMs);
    beforeNs = receivedNs;
    const expectedNs = session.monitor.clock.expectedNs(firstSample + session.samplesPerBlock - 1);
    if (expectedNs !== undefined) lateness.push((receivedNs - expectedNs) / 1e6);
    handOver.push((hostClock.nowNs() - receivedNs) / 1e6);
  });
  await wait(seconds * 1000);
  const { lostSamples, lostMessages } = session.counts;
  return {
    blocks,
    burstIntervalMs: spreadOf(intervals),
    latenessMs: spreadOf(lateness),
    handOverMs: spreadOf(handOver),
    samplesPerSecond: session.monitor.clock.rateHz(10),
    heartbeats: session.heartbeats,
    lostSamples,
    lostMessages,
    droppedBlocks: session.droppedBlocks,
    problems,
  };
}
