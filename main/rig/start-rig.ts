// Starts the rig: its three threads, the memory they share, and the programs that the rig thread asks for. Main thread; returns one disposable Rig.
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { AuditDetail, AuditEvent } from '../../common/audit/audit-entry.ts';
import { controlWord, createControlBlock, requestStop, stopInputState } from '../../common/base/control-block.ts';
import type { Disposable } from '../../common/base/disposable.ts';
import { Emitter, type Event } from '../../common/base/event.ts';
import type { Fault } from '../../common/contract/faults.ts';
import type { AuditMark } from '../../common/journal/session-documents.ts';
import { createRingMemory, recorderRingBytes } from '../../common/journal/ring.ts';
import type { CarriedCause } from '../../common/contract/carried-cause.ts';
import type { StartHidThread } from './hardware/hid/start-hid-thread.ts';
import type { StopInputsReport } from '../../common/contract/stop-inputs.ts';
import { mayLook } from './stop-inputs/may-look.ts';
import type { FromStopInputs, ToStopInputs } from './stop-inputs/stop-input-messages.ts';
import { BeatWatch } from './supervision/beat-watch.ts';
import type { ChildProgram, Platform, ThreadName } from './platform.ts';
import type { SessionSeal } from './recording/seal-session.ts';
import type { FromRig, RigOrder, RigOutcome, RigThreadStart, StationOrder, ToRig } from './rig-messages.ts';

const endWithinMilliseconds = 3000;
const lookAtRigEveryMilliseconds = 100;
/** A rig thread whose event loop does not turn for so long does not come back. */
const hungAfterNs = 3e9;

export interface RigNotice {
  level: 'info' | 'warning' | 'error';
  text: string;
}

/** The running rig as the main thread sees it. */
export interface Rig {
  /** Gives an order of a page. Never rejects: a dead rig thread refuses. */
  order(page: number, order: RigOrder): Promise<RigOutcome>;
  /** Adds files to a session's manifest. Never rejects. @returns why they are not signed, or undefined. */
  seal(seal: SessionSeal): Promise<string | undefined>;
  /** Notes something in the station's audit log, on disk for good. Never rejects. @returns its entry, or why it is not there. */
  noteInAudit(event: AuditEvent, detail: AuditDetail, actor: string): Promise<AuditMark | string>;
  /** A page is gone: its feed ends. */
  closePage(page: number): void;
  readonly onLive: Event<{ page: number; bytes: Uint8Array }>;
  readonly onFault: Event<Fault>;
  readonly onNotice: Event<RigNotice>;
  /** A recording's journal is closed; fires with its folder. */
  readonly onRecordingEnd: Event<string>;
  /** The rig thread ended without being asked to; the watchdog has stopped the stimulator. */
  readonly onDeath: Event<string>;
  /** What is known of pedals and keys; undefined before their thread has said anything. */
  readonly stopInputs: StopInputsReport | undefined;
  /** Whether devices may be listed: nothing is armed or being armed. */
  readonly mayLookForDevices: boolean;
  /** Output off, now: from any thread's event, without an order. */
  stop(): void;
  /** Ends orderly: output off, journal closed, programs and threads ended. */
  end(): Promise<void>;
}

export interface StartRigOptions {
  platform: Platform;
  exocortexVersion: string;
  /** What the last start of the program has left latched. */
  carried: CarriedCause | undefined;
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export function startRig({ platform, exocortexVersion, carried }: StartRigOptions): Rig {
  const control = createControlBlock();
  const ring = createRingMemory(recorderRingBytes);
  const watchdogChannel = new MessageChannel();
  const recorderChannel = new MessageChannel();
  const stationChannel = new MessageChannel();
  const stopInputChannel = new MessageChannel();
  const triggerChannel = new MessageChannel();
  const thread = (name: ThreadName, workerData: object, transferList: MessageChannel['port1'][]) =>
    new Worker(join(platform.programsFolder, `${name}.js`), { workerData, transferList, name });

  const watchdog = thread('watchdog-thread', { control, port: watchdogChannel.port2 }, [watchdogChannel.port2]);
  const recorder = thread(
    'recorder-thread',
    {
      recorder: { control, ring, port: recorderChannel.port2 },
      station: { folder: platform.stationFolder, build: exocortexVersion, port: stationChannel.port2 },
    },
    [recorderChannel.port2, stationChannel.port2],
  );
  const settingsFile = join(platform.stationFolder, 'station.json');
  const stopInputs = thread(
    'stop-input-thread',
    { control, port: stopInputChannel.port2, triggerPort: triggerChannel.port2, settingsFile },
    [stopInputChannel.port2, triggerChannel.port2],
  );
  const start: RigThreadStart = {
    control,
    ring,
    watchdogPort: watchdogChannel.port1,
    recorderPort: recorderChannel.port1,
    stationPort: stationChannel.port1,
    triggerPort: triggerChannel.port1,
    carried,
    exocortexVersion,
    applicationFolder: platform.applicationFolder,
    programsFolder: platform.programsFolder,
  };
  const rig = thread('rig-thread', start, [
    watchdogChannel.port1,
    recorderChannel.port1,
    stationChannel.port1,
    triggerChannel.port1,
  ]);

  const onLive = new Emitter<{ page: number; bytes: Uint8Array }>();
  const onFault = new Emitter<Fault>();
  const onNotice = new Emitter<RigNotice>();
  const onRecordingEnd = new Emitter<string>();
  const onDeath = new Emitter<string>();
  const programs = new Map<number, ChildProgram>();
  /** Each ends by itself when its port closes: one that has a HID device open cannot be ended from outside without ending the program. */
  const hidThreads = new Set<Worker>();
  const asked = new Map<number, (outcome: RigOutcome) => void>();
  const askedOfStation = new Map<number, (done: AuditMark | string | undefined) => void>();
  let awake: Disposable | undefined;
  let nextId = 1;
  let death: string | undefined;
  let isEnding = false;

  const send = (message: ToRig) => rig.postMessage(message);

  function startProgram({ program, name, args, environment }: Extract<FromRig, { kind: 'start-program' }>): void {
    const child = platform.startProgram(name, args, environment);
    programs.set(program, child);
    child.onExit(({ code, signal }) => {
      programs.delete(program);
      send({ kind: 'program-exited', program, how: signal === null ? `exit code ${code}` : `signal ${signal}` });
    });
  }

  function startHidThread({ port }: StartHidThread): void {
    const worker = thread('hid-rig-thread', { port }, [port]);
    hidThreads.add(worker);
    worker.on('error', (error) => onNotice.fire({ level: 'error', text: `The HID thread failed: ${wordsOf(error)}` }));
    worker.on('exit', () => hidThreads.delete(worker));
  }

  function keepAwake(isRecording: boolean): void {
    awake?.dispose();
    awake = undefined;
    if (!isRecording) return;
    const held = platform.preventSleep();
    if ('unsupported' in held) onNotice.fire({ level: 'info', text: held.unsupported });
    else awake = held;
  }

  rig.on('message', (message: FromRig) => {
    switch (message.kind) {
      case 'outcome':
        asked.get(message.id)?.(message.outcome);
        asked.delete(message.id);
        return;
      case 'station-done':
        askedOfStation.get(message.id)?.(message.done);
        askedOfStation.delete(message.id);
        return;
      case 'live':
        return onLive.fire(message);
      case 'start-program':
        return startProgram(message);
      case 'start-hid-thread':
        return startHidThread(message);
      case 'end-program':
        programs.get(message.program)?.dispose();
        programs.delete(message.program);
        return;
      case 'recording':
        return keepAwake(message.isRecording);
      case 'recording-ended':
        return onRecordingEnd.fire(message.folder);
      case 'fault':
        return onFault.fire(message.fault);
      case 'message':
        return onNotice.fire(message);
    }
  });

  watchdog.on('message', startHidThread);

  /** Whoever waits for an answer gets one. */
  function refuseFromNowOn(why: string): void {
    death = why;
    for (const settle of asked.values()) settle(dead());
    asked.clear();
    for (const settle of askedOfStation.values()) settle(why);
    askedOfStation.clear();
  }

  function died(why: string): void {
    if (death !== undefined || isEnding) return;
    requestStop(control);
    refuseFromNowOn(why);
    for (const program of programs.values()) program.dispose();
    programs.clear();
    keepAwake(false);
    onFault.fire({ code: 'rig-thread-ended', message: why });
    onDeath.fire(why);
  }
  const dead = (): RigOutcome => ({
    refusal: {
      code: 'failed',
      what: death ?? 'the rig is ending',
      cure: 'Restart Exocortex; the recording up to this moment is kept.',
    },
  });

  const turns = new BeatWatch();
  let watchdogStops = 0;
  const looking = setInterval(() => {
    const stops = Atomics.load(control, controlWord.watchdogStops);
    if (stops !== watchdogStops) {
      watchdogStops = stops;
      onNotice.fire({ level: 'error', text: 'The watchdog stopped stimulation: the rig thread completed no tick.' });
    }
    const silentNs = turns.silentNs(Atomics.load(control, controlWord.rigTurns), Number(process.hrtime.bigint()));
    if (silentNs < hungAfterNs || death !== undefined || isEnding) return;
    died(`the rig thread has not turned for ${(silentNs / 1e9).toFixed(0)} s`);
    void rig.terminate();
  }, lookAtRigEveryMilliseconds);

  // A stop that is not heard any more is worse than one that is not there.
  const stopInputsDied = (why: string) => {
    if (isEnding) return;
    requestStop(control);
    Atomics.store(control, controlWord.stopInputState, stopInputState.missing);
    onNotice.fire({ level: 'error', text: `The stop inputs are not heard any more: ${why}.` });
  };
  stopInputs.on('error', (error) => stopInputsDied(wordsOf(error)));
  stopInputs.on('exit', (code) => stopInputsDied(`their thread ended with code ${code}`));
  let stopInputProblems = new Set<string>();
  let stopInputsReport: StopInputsReport | undefined;
  stopInputChannel.port1.on('message', ({ report }: FromStopInputs) => {
    stopInputsReport = report;
    const problems = [...report.problems, ...report.inputs.flatMap(({ problem }) => problem ?? [])];
    const texts = problems.map(({ what, cure }) => `${what}. ${cure}.`);
    for (const text of texts) if (!stopInputProblems.has(text)) onNotice.fire({ level: 'warning', text });
    stopInputProblems = new Set(texts);
  });

  rig.on('error', (error) => died(`the rig thread failed: ${wordsOf(error)}`));
  rig.on('exit', (code) => died(`the rig thread ended with code ${code}`));
  for (const [name, worker] of [
    ['watchdog', watchdog],
    ['recorder', recorder],
  ] as const) {
    worker.on('error', (error) =>
      onNotice.fire({
        level: 'error',
        text: `The ${name} thread failed: ${wordsOf(error)}`,
      }),
    );
  }

  function askStation(order: StationOrder): Promise<AuditMark | string | undefined> {
    if (death !== undefined) return Promise.resolve(death);
    const id = nextId++;
    return new Promise((resolve) => {
      askedOfStation.set(id, resolve);
      send({ kind: 'station', id, order });
    });
  }

  const allEnded = (workers: readonly Worker[]) =>
    Promise.all(
      workers.map((worker) =>
        worker.threadId === -1 ? undefined : new Promise<void>((resolve) => worker.once('exit', () => resolve())),
      ),
    );

  return {
    onLive: onLive.event,
    onFault: onFault.event,
    onNotice: onNotice.event,
    onRecordingEnd: onRecordingEnd.event,
    onDeath: onDeath.event,
    get stopInputs() {
      return stopInputsReport;
    },
    get mayLookForDevices() {
      return mayLook(control);
    },
    order(page, order) {
      if (order.name === 'stop') requestStop(control);
      if (death !== undefined) return Promise.resolve(dead());
      const id = nextId++;
      return new Promise((resolve) => {
        asked.set(id, resolve);
        send({ kind: 'order', id, page, order });
      });
    },
    seal: async (seal) => {
      const done = await askStation({ what: 'seal', seal });
      return typeof done === 'string' ? done : undefined;
    },
    noteInAudit: async (event, detail, actor) =>
      (await askStation({ what: 'note', event, detail, actor })) ?? 'the rig did not say which entry it is',
    stop: () => requestStop(control),
    closePage(page) {
      if (death === undefined) send({ kind: 'page-closed', page });
    },
    async end() {
      isEnding = true;
      clearInterval(looking);
      requestStop(control);
      const own = [rig, watchdog, recorder];
      if (death === undefined) send({ kind: 'end' });
      const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), endWithinMilliseconds).unref());
      // The inputs are heard until nothing is left that they could stop. HID threads end when rig and watchdog threads have given their devices back.
      const endStopInputs = () => stopInputChannel.port1.postMessage({ kind: 'end' } satisfies ToStopInputs);
      const all = allEnded(own).then(() => {
        endStopInputs();
        return allEnded([stopInputs, ...hidThreads]);
      });
      if ((await Promise.race([all, late])) === 'late') {
        // A thread inside a call of the system that never returns cannot be terminated: it is not waited for either.
        for (const worker of own) void worker.terminate();
        endStopInputs();
        // One that has a HID device open must not be: that would abort the program. It ends by itself, or with the program.
        for (const worker of [stopInputs, ...hidThreads]) worker.unref();
      }
      refuseFromNowOn(death ?? 'the rig has ended');
      stopInputChannel.port1.close();
      for (const program of programs.values()) program.dispose();
      keepAwake(false);
    },
  };
}
