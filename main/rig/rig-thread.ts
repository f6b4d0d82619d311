// Entry of the rig thread: takes orders from the main thread, runs the whole hot path, and answers.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { controlWord } from '../../common/base/control-block.ts';
import { Defect } from '../../common/base/assert.ts';
import { RingWriter } from '../../common/journal/ring.ts';
import { loadNative } from '../../native/load-native.ts';
import { describeRig } from './describe-rig.ts';
import { startHidThread } from './hardware/hid/start-hid-thread.ts';
import { JournalWriter } from './journal/journal-writer.ts';
import { PageFeeds } from './page-feeds.ts';
import type { ProgramName } from './platform.ts';
import { RigCommands } from './rig-commands.ts';
import type { FromRig, RigOutcome, RigThreadStart, ToRig } from './rig-messages.ts';
import { StationLine } from './recording/station-line.ts';
import { hostTime } from './rig-time.ts';
import type { TriggerPresses } from './stop-inputs/stop-input-messages.ts';
import { Programs } from './supervision/programs.ts';
import { withoutRecording } from './trigger-marks.ts';
import { RecorderLine } from './recording/recorder-line.ts';
import { WatchdogLine } from './supervision/watchdog-line.ts';

if (parentPort === null) throw new Defect('the rig thread is a worker thread');
const port = parentPort;
const start = workerData as RigThreadStart;
/** How often the rig thread looks whether a page's message is due. */
const turnMilliseconds = 5;
const nowNs = () => hostTime.nowNs();
const send = (message: FromRig, transfer: (ArrayBuffer | MessagePort)[] = []) => port.postMessage(message, transfer);

const loaded = loadNative({ applicationRoot: start.applicationFolder });
const kernelsInUse =
  loaded.native === undefined
    ? ({ kernel: 'typescript', reason: loaded.reason } as const)
    : ({ kernel: 'native' } as const);
loaded.native?.raiseThreadPriority();

const recorder = new RecorderLine(start.recorderPort, nowNs);
const watchdog = new WatchdogLine(start.watchdogPort);
const station = new StationLine(start.stationPort);
station.onFailure((message) => commands.rig?.raise({ code: 'audit-failed', message }));
const programs = new Programs<ProgramName>({
  start: (program, name, args, environment) =>
    send({ kind: 'start-program', program, name: name as ProgramName, args, environment }),
  end: (program) => send({ kind: 'end-program', program }),
});
const journal = new JournalWriter(new RingWriter(start.ring), nowNs, () => {
  commands.rig?.raise({
    code: 'recorder-full',
    message: 'The recorder’s buffer is full: records are lost.',
    value: 100,
    bound: 50,
    unit: '%',
  });
});
const feeds = new PageFeeds((page, bytes) => send({ kind: 'live', page, bytes }, [bytes.buffer as ArrayBuffer]));

const commands = new RigCommands(
  {
    control: start.control,
    journal,
    recorder,
    watchdog,
    station,
    kernels: loaded.native,
    time: hostTime,
    random: Math.random,
    programs,
    programsFolder: start.programsFolder,
    openHid: () => startHidThread(send),
    kernelsInUse,
    exocortexVersion: start.exocortexVersion,
  },
  {
    ...feeds.observer,
    onTickEnd: (tick, latencyNs) => {
      feeds.observer.onTick(tick.endSample, latencyNs);
      takeOrders();
      if (feeds.isNetworkLookedAt) commands.rig?.lookIntoNetwork();
    },
    onNetwork: (picture) => feeds.showNetwork(picture),
    onFault: (fault) => send({ kind: 'fault', fault }),
    onMessage: (level, text) => send({ kind: 'message', level, text }),
    onRecording: (isRecording) => send({ kind: 'recording', isRecording }),
    onRecordingEnd: (folder, problem) => {
      if (problem !== undefined) send({ kind: 'message', level: 'error', text: problem });
      send({ kind: 'recording-ended', folder });
    },
  },
  start.carried,
);

type Order = Extract<ToRig, { kind: 'order' }>;
/** Orders wait here until the tick that is underway has ended; pages have one order underway each, so the queue stays short. */
const waiting: Order[] = [];

function carryOut({ id, page, order }: Order): void {
  const answer = (outcome: RigOutcome) => send({ kind: 'outcome', id, outcome });
  if (order.name === 'live.subscribe') feeds.subscribe(page, order.request.signal);
  else if (order.name === 'live.unsubscribe') feeds.unsubscribe(page);
  else if (order.name === 'live.inspect') feeds.inspect(page, order.request.network);
  else if (order.name === 'live.acknowledge') {
    feeds.acknowledge(page, order.request.frame);
    commands.rig?.operator.notePage(nowNs());
  } else {
    const before = commands.rig;
    void commands.carryOut(order).then((outcome) => {
      if (commands.rig !== before) feeds.show(commands.rig);
      answer(outcome);
    });
    return;
  }
  answer({ answer: { done: true } });
}

async function carryOutForStation({ id, order }: Extract<ToRig, { kind: 'station' }>): Promise<void> {
  const done =
    order.what === 'seal'
      ? await station.seal(order.seal)
      : await station.noteForMark(order.event, order.detail, order.actor);
  send({ kind: 'station-done', id, done });
}

function takeOrders(): void {
  for (const order of waiting.splice(0)) carryOut(order);
}

start.triggerPort.on('message', (presses: TriggerPresses) => {
  if (commands.rig === undefined) send({ kind: 'message', level: 'info', text: withoutRecording(presses) });
  else commands.rig.takeTrigger(presses);
});

port.on('message', (message: ToRig) => {
  if (message.kind === 'order') {
    if (message.order.name === 'stop') carryOut(message);
    else {
      waiting.push(message);
      if (commands.rig?.chain.loop.isIdle ?? true) takeOrders();
    }
  } else if (message.kind === 'station') void carryOutForStation(message);
  else if (message.kind === 'page-closed') feeds.unsubscribe(message.page);
  else if (message.kind === 'program-exited') programs.exited(message.program, message.how);
  else {
    clearInterval(flushing);
    void commands.end().then(() => {
      station.note('program-ended', {});
      station.end();
      recorder.end();
      watchdog.end();
      start.triggerPort.close();
      port.close();
    });
  }
});

const flushing = setInterval(() => {
  Atomics.add(start.control, controlWord.rigTurns, 1);
  const now = nowNs();
  feeds.flush(now, commands.rig, () =>
    describeRig(commands.rig, {
      stage: commands.stage,
      nowNs: now,
      kernels: kernelsInUse,
      recorder,
      lastFolder: commands.lastFolder,
      control: start.control,
      carried: commands.carried,
    }),
  );
}, turnMilliseconds);
