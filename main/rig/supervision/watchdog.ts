// The watchdog: its own handle to the stimulator, its own look at the rig thread's beat, its own decision to stop. Watchdog thread.
import type { MessagePort } from 'node:worker_threads';
import { type ControlBlock, controlWord } from '../../../common/base/control-block.ts';
import type { DeviceKeepAlive } from '../hardware/device.ts';
import { BeatWatch } from './beat-watch.ts';
import type { FromWatchdog, ToWatchdog } from './watchdog-messages.ts';

export interface WatchdogStart {
  control: ControlBlock;
  port: MessagePort;
}

/** Opens the watchdog's handle. */
export type ConnectKeepAlive = (address: string, token: string) => Promise<DeviceKeepAlive>;

const roundMilliseconds = 5;
const renewEveryNs = 20e6;

const now = () => Number(process.hrtime.bigint());

/** Runs until the rig thread's port says `end`. A closed port without it is a dead rig thread: stop, then end. */
export function startWatchdog({ control, port }: WatchdogStart, connect: ConnectKeepAlive): void {
  const send = (message: FromWatchdog) => port.postMessage(message);
  const beat = new BeatWatch();
  let handle: DeviceKeepAlive | undefined;
  let session = 0;
  let beatMaxNs = 50e6;
  let isStopped = false;
  let stopsSeen = Atomics.load(control, controlWord.stopRequests);
  let lastRenewalNs = -Infinity;
  let isEnding = false;

  function stop(): void {
    handle?.stop(session === 0 ? undefined : session);
  }

  async function attach(message: Extract<ToWatchdog, { kind: 'attach' }>): Promise<void> {
    beatMaxNs = message.beatMaxMilliseconds * 1e6;
    try {
      handle = await connect(message.address, message.token);
    } catch (error) {
      send({ kind: 'lost', message: error instanceof Error ? error.message : String(error) });
      return;
    }
    handle.onClosed((closed) => send({ kind: 'lost', message: closed.message }));
    handle.onStatus((status) => send({ kind: 'status', status }));
    send({ kind: 'attached' });
  }

  port.on('message', (message: ToWatchdog) => {
    if (message.kind === 'attach') void attach(message);
    else if (message.kind === 'session') {
      session = message.session;
      isStopped = false;
    } else {
      stop();
      handle?.dispose();
      handle = undefined;
      session = 0;
      isEnding = message.kind === 'end';
    }
  });
  port.on('close', () => {
    stop();
    isEnding = true;
  });

  function watch(): void {
    const nowNs = now();
    const stops = Atomics.load(control, controlWord.stopRequests);
    if (stops !== stopsSeen) {
      stopsSeen = stops;
      isStopped = true;
      stop();
    }
    const silentNs = beat.silentNs(Atomics.load(control, controlWord.rigBeat), nowNs);
    if (session === 0 || isStopped || Atomics.load(control, controlWord.isLeaseWanted) === 0) return;
    if (!(silentNs <= beatMaxNs)) {
      isStopped = true;
      stop();
      Atomics.add(control, controlWord.watchdogStops, 1);
      send({ kind: 'stopped', silentMilliseconds: silentNs / 1e6 });
    } else if (nowNs - lastRenewalNs >= renewEveryNs) {
      lastRenewalNs = nowNs;
      handle?.renew(session);
    }
  }

  function round(): void {
    Atomics.add(control, controlWord.watchdogBeat, 1);
    watch();
    if (isEnding) {
      handle?.dispose();
      port.close();
      return;
    }
    Atomics.wait(control, controlWord.stopRequests, stopsSeen, roundMilliseconds);
    setImmediate(round);
  }
  round();
}
