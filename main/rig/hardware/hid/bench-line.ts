// Measures the line of an emulated HID rig: what it carries, what it loses, and how long it takes. Thread of `exocortex bench hid`, in the place of the rig thread.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MessageChannel, Worker } from 'node:worker_threads';
import { DisposableStore } from '../../../../common/base/disposable.ts';
import type { HidBenchBoard, HidBenchRequest, HidLineRun } from '../../../../common/bench/hid-run.ts';
import { spreadOf } from '../../../../common/bench/time-spread.ts';
import { samplesPerReportOf } from '../../../../common/device-protocol/hid-report.ts';
import type { DeviceWriter, SampleBlock } from '../device.ts';
import type { LineCounts } from './line-counts.ts';
import { HidUser } from './hid-user.ts';
import { hostClock } from '../host-clock.ts';
import { connectKeepAliveOver } from '../keep-alive.ts';
import { connectReadingHalfOver } from '../reading-half.ts';
import { connectWritingHalfOver } from '../writing-half.ts';
import { answerBlocks, type AskForTestPulse } from './answer-blocks.ts';
import { BlockReception } from './bench-reception.ts';

type LineRequest = Extract<HidBenchRequest, { kind: 'line' }>;

const foundWithinMilliseconds = 10_000;
const blockMilliseconds = 1;
/** Before measuring begins: the first pairs of the clocks, and the compiler. */
const warmUpMilliseconds = 500;

/** @param gateOf the gate in front of a writer @throws Error with a sentence: the board cannot be found or opened */
export async function measureHidLine(
  request: LineRequest,
  gateOf: (writer: DeviceWriter) => AskForTestPulse,
): Promise<HidLineRun> {
  const { board, seconds, doesPulse } = request;
  const owner = new DisposableStore();
  const ends: Promise<unknown>[] = [];
  const openUser = async () => {
    const user = owner.add(startUser(request, ends));
    await openBoard(user, board);
    return user;
  };
  try {
    const [user, watchdog] = [await openUser(), await openUser()];
    const reader = owner.add(await connectReadingHalfOver(user.transport('data'), board.token));
    const writer = owner.add(await connectWritingHalfOver(user.transport('control'), board.token));
    const keepAlive = owner.add(await connectKeepAliveOver(watchdog.transport('watchdog'), board.token));
    const times = doesPulse
      ? await answerBlocks(
          { reader, writer, keepAlive, ask: gateOf(writer), nowNs: () => hostClock.nowNs(), random: Math.random },
          owner,
        )
      : undefined;
    reader.start();
    await wait(warmUpMilliseconds);
    times?.clear();
    const before = await user.counts();
    const reception = new BlockReception();
    const subscription = reader.onBlock((block: SampleBlock) => reception.take(block, hostClock.nowNs()));
    const startedNs = hostClock.nowNs();
    await wait(seconds * 1000);
    subscription.dispose();
    const passedSeconds = (hostClock.nowNs() - startedNs) / 1e9;
    const { fault } = user;
    const { counts } = fault === undefined ? await user.counts() : before;
    const since = (key: keyof LineCounts) => counts[key] - before.counts[key];
    const { channels, sampleRateHz } = reader.identity;
    const samplesPerReport = samplesPerReportOf(board.reportBytes, channels);
    return {
      reportBytes: board.reportBytes,
      sampleRateHz,
      channels,
      seconds: passedSeconds,
      blocks: reception.blocks,
      samples: reception.samples,
      reportsPerSecond: since('received') / passedSeconds,
      samplesPerSecond: reception.samples / passedSeconds,
      betweenBlocksMs: spreadOf(reception.intervalsMs),
      counted: { lost: since('lost'), repeated: since('repeated'), late: since('late'), damaged: since('damaged') },
      missingSamples: reception.missing,
      uncountedSamples: reception.uncounted({
        lostReports: since('lostOfSamples'),
        samplesPerReport,
        samplesBesideGaps: since('samplesBesideGaps'),
        samplesNotTaken: since('samplesNotTaken'),
      }),
      samplesNotTaken: since('samplesNotTaken'),
      wrongSamples: reception.wrong,
      fault: fault?.message,
      latency: times?.latency(),
    };
  } finally {
    owner.dispose();
    await Promise.all(ends);
  }
}

/** A HID thread with a handle of its own; it ends by itself when the user is disposed of. */
function startUser({ board, programsFolder }: LineRequest, ends: Promise<unknown>[]): HidUser {
  const { port1, port2 } = new MessageChannel();
  const { address, serialNumber, reportBytes } = board;
  const name = address === undefined ? 'hid-rig-thread' : 'emulated-hid-thread';
  const boards = address === undefined ? [] : [{ address, serialNumber, reportBytes }];
  const thread = new Worker(join(programsFolder, `${name}.js`), {
    workerData: { port: port2, boards },
    transferList: [port2],
  });
  ends.push(new Promise((resolve) => thread.once('exit', resolve)));
  return new HidUser(port1);
}

/** Tries until the board, which has just been started, is there. */
async function openBoard(user: HidUser, { serialNumber }: HidBenchBoard): Promise<void> {
  const deadlineMs = performance.now() + foundWithinMilliseconds;
  for (;;) {
    try {
      await user.open(serialNumber, blockMilliseconds);
      return;
    } catch (error) {
      if (user.fault?.code !== 'not-found' || performance.now() > deadlineMs) throw error;
    }
    await wait(20);
  }
}
