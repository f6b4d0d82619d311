// The program of `npm run test:hid`: the driver on its own thread, node-hid, the kernel's hidraw, and behind uhid the firmware's core; then pedals and a game pad.
// `check-hid.js HOST_BOARD THREADS SETTINGS SECONDS SPEED`: THREADS is the folder of the built threads, SETTINGS a station.json as input-settings.mjs says; SPEED is `full`, or `emulated` where the processor is; prints one line of JSON for each check; exit code 1 when one has failed.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MessageChannel, Worker } from 'node:worker_threads';
import { DisposableStore } from '../../common/base/disposable.ts';
import { samplesPerReportOf } from '../../common/device-protocol/hid-report.ts';
import { BlockReception } from '../../main/rig/hardware/hid/bench-reception.ts';
import { HidUser } from '../../main/rig/hardware/hid/hid-user.ts';
import { hostClock } from '../../main/rig/hardware/host-clock.ts';
import { connectKeepAliveOver } from '../../main/rig/hardware/keep-alive.ts';
import { connectReadingHalfOver } from '../../main/rig/hardware/reading-half.ts';
import { connectWritingHalfOver } from '../../main/rig/hardware/writing-half.ts';
import { enableFor, type HidBench, hidToken, pulseOn } from '../support/hid-bench.ts';
import { HostBoard } from '../support/host-board.ts';
import { inputChecks } from './input-checks.ts';

const [program = '', threads = '', settingsFile = '', secondsText = '', speed = ''] = process.argv.slice(2);
const thread = join(threads, 'hid-rig-thread.js');
const seconds = Number(secondsText);
/** An emulated processor does not keep up with 8 kHz: there, every loss must be counted; elsewhere nothing may be lost. */
const isFull = speed === 'full';

type Numbers = Record<string, number | string>;

/** Everything that one check has opened. */
class Stage {
  readonly owner = new DisposableStore();
  readonly #ends: Promise<unknown>[] = [];

  /** Creates a HID device of the kernel with the firmware's core behind it. */
  plug(serialNumber: string, reportBytes: number): HostBoard {
    const board = new HostBoard({ program, mode: 'uhid', reportBytes, serialNumber, token: hidToken });
    this.owner.add(board);
    this.#ends.push(board.ended);
    return board;
  }

  /** A HID thread of its own. */
  user(): HidUser {
    const { port1, port2 } = new MessageChannel();
    // It ends by itself when it has closed its device: node-hid ends the whole program when its thread is ended from outside.
    const worker = new Worker(thread, {
      workerData: { port: port2, ...(isFull ? {} : { writeDeadlineMilliseconds: 5000 }) },
      transferList: [port2],
    });
    this.#ends.push(new Promise((resolve) => worker.once('exit', resolve)));
    const user = this.owner.add(new HidUser(port1));
    return user;
  }

  /** Opens a rig as soon as the system lists it: reader and writer on one thread, the watchdog's handle on another. */
  async connect(serialNumber: string): Promise<HidBench> {
    const [user, watchdog] = [this.user(), this.user()];
    await opened(user, serialNumber);
    await opened(watchdog, serialNumber);
    const reader = this.owner.add(await connectReadingHalfOver(user.transport('data'), hidToken));
    const writer = this.owner.add(await connectWritingHalfOver(user.transport('control'), hidToken));
    const keepAlive = this.owner.add(await connectKeepAliveOver(watchdog.transport('watchdog'), hidToken));
    return { user, reader, writer, keepAlive };
  }

  async end(): Promise<void> {
    this.owner.dispose();
    await Promise.all(this.#ends);
  }
}

/** Of a check that needs a line without a backlog: an emulated processor takes 900 reports a second, and each of 64 bytes holds one sample. */
const shortReportBytes = isFull ? 64 : 128;

/** So slow that an emulated processor keeps up. */
async function configure({ writer }: HidBench, sampleRateHz = 1000): Promise<void> {
  await writer.configure({ sampleRateHz, lowCutMillihertz: 1000, highCutHertz: 400 });
}

/** Tries until the system has noticed the new device. */
async function opened(user: HidUser, serialNumber: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await user.open(serialNumber);
      return;
    } catch (error) {
      if (attempt >= 50 || user.fault?.code !== 'not-found') throw error;
    }
    await wait(100);
  }
}

function insist(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(what);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN) * 1000) / 1000;
}

/** What the board samples with unless it is told otherwise. */
const usualRateHz = 8000;

async function streams(stage: Stage, reportBytes: number, sampleRateHz: number): Promise<Numbers> {
  stage.plug('A', reportBytes);
  const bench = await stage.connect('A');
  const { user, reader } = bench;
  if (sampleRateHz !== usualRateHz) await configure(bench, sampleRateHz);
  const reception = new BlockReception();
  /** ms from acquisition to here by the host's clock. */
  const ages: number[] = [];
  reader.onBlock((block) => {
    const nowNs = hostClock.nowNs();
    reception.take(block, nowNs);
    ages.push((nowNs - block.acquiredNs) / 1e6);
  });
  reader.start();
  const startedNs = hostClock.nowNs();
  await wait(seconds * 1000);
  const passed = (hostClock.nowNs() - startedNs) / 1e9;
  const { counts } = await user.counts();
  insist(user.fault === undefined, `the line has ended: ${user.fault?.message ?? ''}`);
  insist(reception.wrong === 0, `${reception.wrong} values are not those that were sampled`);
  const { lostOfSamples, samplesBesideGaps, samplesNotTaken } = counts;
  const samplesPerReport = samplesPerReportOf(reportBytes, reader.identity.channels);
  const explained = { lostReports: lostOfSamples, samplesPerReport, samplesBesideGaps, samplesNotTaken };
  const uncounted = reception.uncounted(explained);
  const explanations = `${lostOfSamples} lost reports, ${samplesBesideGaps} samples beside gaps and ${samplesNotTaken} not taken`;
  insist(uncounted === 0, `${uncounted} of ${reception.missing} missing samples are not explained by ${explanations}`);
  insist(!isFull || reception.missing === 0, `${reception.missing} samples are missing`);
  insist(!isFull || reception.samples > seconds * sampleRateHz * 0.98, `only ${reception.samples} samples have come`);
  insist(reception.samples > 0, 'no samples have come');
  insist(counts.damaged + counts.repeated + counts.late === 0, 'the kernel has damaged, repeated or delayed reports');
  return {
    reportBytes,
    sampleRateHz,
    seconds: Math.round(passed * 100) / 100,
    samples: reception.samples,
    missing: reception.missing,
    reportsLost: counts.lost,
    reportsOfSamplesLost: lostOfSamples,
    samplesBesideGaps,
    samplesNotTaken,
    reportsPerSecond: Math.round(counts.received / passed),
    ageMilliseconds50: quantile(ages, 0.5),
    ageMilliseconds99: quantile(ages, 0.99),
  };
}

/** An emulated processor may stand for longer than a lease lasts, or lose an answer: then another session is tried. */
const sessionTrials = isFull ? 1 : 6;
const pulseWithinNs = isFull ? 200e6 : 900e6;

/** A pulse is asked for in the very call that brings a block. */
async function answersInput(stage: Stage): Promise<Numbers> {
  stage.plug('A', 128);
  const bench = await stage.connect('A');
  const { reader, writer, keepAlive } = bench;
  if (!isFull) await configure(bench);
  reader.start();
  const latencies: number[] = [];
  const roundTrips: number[] = [];
  const outcomes: Record<string, number> = {};
  let sequence = 0;
  let isAsking = false;
  let isWaiting = false;
  let askedNs = 0;
  let inputMicroseconds = 0;
  writer.onAcknowledgement(({ outcome, startMicroseconds, receivedNs }) => {
    isWaiting = false;
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    if (outcome !== 'delivered') return;
    latencies.push((startMicroseconds - inputMicroseconds) / 1000);
    roundTrips.push((receivedNs - askedNs) / 1e6);
  });
  reader.onBlock(({ deviceMicroseconds }) => {
    if (isWaiting || !isAsking) return;
    isWaiting = true;
    askedNs = hostClock.nowNs();
    inputMicroseconds = deviceMicroseconds;
    sequence++;
    writer.pulse({
      sequence,
      electrode: sequence % 16,
      amplitudeNanoamps: 5000,
      phaseMicroseconds: 200,
      interphaseMicroseconds: 50,
      leadingPhase: 'cathodic',
      expiryNs: askedNs + pulseWithinNs,
    });
  });
  for (let trial = 0; trial < sessionTrials && latencies.length === 0; trial++) {
    const session = await enableFor(writer, 1000);
    const renewals = setInterval(() => keepAlive.renew(session), 20);
    isWaiting = false;
    isAsking = true;
    await wait(Math.min(seconds, 10) * 1000);
    isAsking = false;
    clearInterval(renewals);
    keepAlive.stop(session);
    await untilStatus(writer, ({ isOutputOn, burnedSession }) => !isOutputOn && burnedSession >= session);
  }
  const counted = `${latencies.length} of ${sequence} pulses were delivered: ${JSON.stringify(outcomes)}`;
  insist(latencies.length > (isFull ? 1000 : 0), `only ${counted}`);
  insist(!isFull || latencies.length >= sequence - 1, `only ${counted}`);
  return {
    pulses: latencies.length,
    inputToOutputMilliseconds50: quantile(latencies, 0.5),
    inputToOutputMilliseconds99: quantile(latencies, 0.99),
    roundTripMilliseconds50: quantile(roundTrips, 0.5),
    roundTripMilliseconds99: quantile(roundTrips, 0.99),
  };
}

async function untilStatus(
  writer: HidBench['writer'],
  isIt: (status: HidBench['writer']['status']) => boolean,
): Promise<void> {
  const deadlineNs = hostClock.nowNs() + 10e9;
  while (!isIt(writer.status)) {
    insist(hostClock.nowNs() < deadlineNs, 'the rig has not reported what it should in 10 s');
    await wait(5);
  }
}

/** Waits, and answers with what the reader has received since. */
async function receives(reader: HidBench['reader'], milliseconds: number): Promise<BlockReception> {
  const reception = new BlockReception();
  const blocks = reader.onBlock((block) => reception.take(block, hostClock.nowNs()));
  await wait(milliseconds);
  blocks.dispose();
  return reception;
}

/** A busy machine loses reports of its own, the injected ones among them: counted too, but then not told apart. */
const faultTrials = 10;

async function countsFaults(stage: Stage): Promise<Numbers> {
  const board = stage.plug('A', shortReportBytes);
  const bench = await stage.connect('A');
  await configure(bench);
  bench.reader.start();
  await receives(bench.reader, 300);
  // A late report and a damaged one have been missed before they came, or did not.
  const exact = { lost: 7, repeated: 2, late: 1, damaged: 1 };
  for (let trial = 1; ; trial++) {
    const counted = await injectFaults(board, bench);
    insist(counted.lost >= exact.lost, `5 reports were lost, 1 damaged and 1 late; ${counted.lost} were missed`);
    const isMore = (['repeated', 'late', 'damaged'] as const).some((key) => counted[key] > exact[key]);
    insist(!isMore, `more is counted than there was: ${JSON.stringify(counted)}`);
    if (JSON.stringify(counted) === JSON.stringify(exact)) return { ...counted, trial };
    insist(trial < faultTrials, `in none of ${trial} trials the faults were counted right: ${JSON.stringify(counted)}`);
  }
}

/** @returns what the driver has counted of five lost reports, two repeated ones, a damaged one and a late one */
async function injectFaults(board: HostBoard, { reader, user }: HidBench) {
  const before = (await user.counts()).counts;
  for (const fault of ['lose 5', 'repeat 2', 'damage 1', 'delay 1']) {
    board.command(fault);
    await receives(reader, 200);
  }
  const after = (await user.counts()).counts;
  const since = (key: keyof typeof before) => after[key] - before[key];
  return { lost: since('lost'), repeated: since('repeated'), late: since('late'), damaged: since('damaged') };
}

async function survivesStall(stage: Stage): Promise<Numbers> {
  const board = stage.plug('A', shortReportBytes);
  const bench = await stage.connect('A');
  const { user, reader, writer } = bench;
  // With a backlog, what was sent before the stall would still come in it.
  if (!isFull) await configure(bench);
  reader.start();
  await receives(reader, 300);
  let silentNs = 0;
  let lastNs = hostClock.nowNs();
  writer.onStatus(({ receivedNs }) => {
    silentNs = Math.max(silentNs, receivedNs - lastNs);
    lastNs = receivedNs;
  });
  board.command('stall 400');
  const { samples, missing } = await receives(reader, 1200);
  insist(silentNs > 200e6, `a stall of 400 ms was a silence of ${silentNs / 1e6} ms`);
  insist(user.fault === undefined && samples > 0, 'the line has not gone on after the stall');
  const { lost } = (await user.counts()).counts;
  insist(missing > 0 && lost > 0, 'what was lost in the stall was not counted');
  return { silentMilliseconds: Math.round(silentNs / 1e6), missing, reportsLost: lost };
}

async function hearsLie(stage: Stage): Promise<Numbers> {
  const board = stage.plug('A', 128);
  const { writer } = await stage.connect('A');
  await enableFor(writer, 1000);
  board.command('lie 1');
  const { amplitudeNanoamps } = await pulseOn(writer, 1);
  insist(amplitudeNanoamps !== 5000, 'the lie was not heard');
  return { amplitudeNanoamps };
}

async function unplugs(stage: Stage): Promise<Numbers> {
  const board = stage.plug('A', 64);
  const { user, writer } = await stage.connect('A');
  const session = await enableFor(writer, 1000);
  const fault = new Promise<string>((resolve) => user.onFault(({ code }) => resolve(code)));
  const unpluggedNs = hostClock.nowNs();
  board.command('unplug');
  insist((await fault) === 'unplugged', `the fault is ${user.fault?.code ?? ''}`);
  const noticedMilliseconds = Math.round((hostClock.nowNs() - unpluggedNs) / 1e5) / 10;
  board.command('plug');
  const again = await stage.connect('A');
  insist(!again.writer.status.isOutputOn, 'the output is on after the plug was out');
  insist(again.writer.status.burnedSession === session, 'the session was not burned');
  return { noticedMilliseconds };
}

async function refusesTwins(stage: Stage): Promise<Numbers> {
  stage.plug('A', 64);
  stage.plug('A', 128);
  const user = stage.user();
  for (let attempt = 0; attempt < 50; attempt++) {
    if ((await user.list()).length === 2) break;
    await wait(100);
  }
  const refused = await user.open('A').catch((error: unknown) => String(error));
  insist(user.fault?.code === 'ambiguous-identity', `the fault is ${user.fault?.code ?? 'none'}`);
  return { refused: String(refused) };
}

const checks: Record<string, (stage: Stage) => Promise<Numbers>> = {
  'samples in reports of 64 bytes': (stage) => streams(stage, 64, usualRateHz),
  // At 8 kHz an emulated processor falls behind by all that may wait between the threads.
  'samples in reports of 1024 bytes': (stage) => streams(stage, 1024, isFull ? usualRateHz : 2000),
  'pulses in answer to samples': answersInput,
  'lost, repeated, damaged and late reports are counted': countsFaults,
  'a stall of the device': survivesStall,
  'an acknowledgement that lies': hearsLie,
  'unplugged and plugged in again': unplugs,
  'two rigs with the same serial number': refusesTwins,
  ...Object.fromEntries(
    Object.entries(inputChecks).map(([name, check]) => [
      name,
      () => check({ thread: join(threads, 'stop-input-thread.js'), settingsFile }),
    ]),
  ),
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  const stage = new Stage();
  const deadline = wait((seconds + (isFull ? 60 : 120)) * 1000, undefined, { ref: false }).then(() => {
    throw new Error('it has not come to an end');
  });
  deadline.catch(() => {});
  try {
    const numbers = await Promise.race([check(stage), deadline]);
    console.log(JSON.stringify({ check: name, passed: true, ...numbers }));
  } catch (error) {
    failed++;
    console.log(
      JSON.stringify({ check: name, passed: false, why: error instanceof Error ? error.message : String(error) }),
    );
  }
  await stage.end();
}
process.exit(failed === 0 ? 0 : 1);
