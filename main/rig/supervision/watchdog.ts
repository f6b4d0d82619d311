// The watchdog's thread: messages with the rig thread, a round every 5 ms, awake at once when a stop is asked for. Watchdog thread.
import type { MessagePort } from 'node:worker_threads';
import { type ControlBlock, controlWord } from '../../../common/base/control-block.ts';
import type { DeviceClosed, DeviceKeepAlive } from '../hardware/device.ts';
import { WatchdogCore } from './watchdog-core.ts';
import type { FromWatchdog, HandleAddress, ToWatchdog } from './watchdog-messages.ts';

export interface WatchdogStart {
  control: ControlBlock;
  port: MessagePort;
}

/** Opens the watchdog's handle. */
export type ConnectKeepAlive = (device: HandleAddress) => Promise<DeviceKeepAlive>;

const lossOf = ({ message, fault }: DeviceClosed) => ({ message, ...(fault === undefined ? {} : { fault }) });

const roundMilliseconds = 5;

const now = () => Number(process.hrtime.bigint());

/** Runs until the rig thread's port says `end`. A closed port without it is a dead rig thread: stop, then end. */
export function startWatchdog({ control, port }: WatchdogStart, connect: ConnectKeepAlive): void {
  const send = (message: FromWatchdog) => port.postMessage(message);
  const core = new WatchdogCore(control, {
    onStopped: (cause, silentMilliseconds) => send({ kind: 'stopped', cause, silentMilliseconds }),
  });
  let handle: DeviceKeepAlive | undefined;
  let isEnding = false;
  /** Counts what was asked: a handle that opens after it was given back is closed at once. */
  let asked = 0;

  function release(): void {
    asked++;
    core.detach();
    handle?.dispose();
    handle = undefined;
  }

  async function attach(message: Extract<ToWatchdog, { kind: 'attach' }>): Promise<void> {
    release();
    const own = asked;
    if (message.device.kind === 'by-hand') {
      core.attach(undefined, message.beatMaxMilliseconds);
      send({ kind: 'attached' });
      return;
    }
    let opened: DeviceKeepAlive;
    try {
      opened = await connect(message.device);
    } catch (error) {
      if (own === asked) send({ kind: 'lost', message: error instanceof Error ? error.message : String(error) });
      return;
    }
    if (own !== asked) return opened.dispose();
    handle = opened;
    core.attach(opened, message.beatMaxMilliseconds);
    opened.onClosed((closed) => send({ kind: 'lost', ...lossOf(closed) }));
    opened.onStatus((status) => send({ kind: 'status', status }));
    send({ kind: 'attached' });
  }

  port.on('message', (message: ToWatchdog) => {
    if (message.kind === 'attach') void attach(message);
    else if (message.kind === 'session') {
      core.setSession(message.session, now());
      send({ kind: 'guarding', session: message.session });
    } else {
      release();
      isEnding = message.kind === 'end';
    }
  });
  port.on('close', () => {
    asked++;
    core.isRigGone = true;
    isEnding = true;
  });

  function round(): void {
    Atomics.add(control, controlWord.watchdogBeat, 1);
    core.round(now());
    if (isEnding) {
      handle?.dispose();
      port.close();
      return;
    }
    Atomics.wait(control, controlWord.stopRequests, core.stopRequests, roundMilliseconds);
    setImmediate(round);
  }
  round();
}
