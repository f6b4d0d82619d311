// Serves one user of a HID rig: lists, opens, carries frames both ways, and turns what stalls into a named fault. Runs in the HID thread.
import type { Clock } from '../../../../common/base/clock.ts';
import type { Disposable } from '../../../../common/base/disposable.ts';
import type { HidFault, HidFaultCode, HidRig } from '../../../../common/contract/hid-rigs.ts';
import type { HidDevice } from '../hid-input.ts';
import { findHidRig, hidRigsOf } from './find-hid-rig.ts';
import { HandOver } from './hand-over.ts';
import { HidLine } from './hid-line.ts';
import type { FromHid, ToHid } from './hid-messages.ts';
import type { ReportDevice, ReportListener } from './report-device.ts';

/** What reaches HID devices. Both may never answer. */
export interface HidSystem {
  devices(): Promise<readonly HidDevice[]>;
  open(path: string, listener: ReportListener): Promise<ReportDevice>;
}

/** The end of a port, as a thread has it. */
export interface HidPort {
  postMessage(message: FromHid): void;
  on(event: 'message', listener: (message: ToHid) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  close(): void;
}

export interface ServeOptions {
  /** Loads what reaches HID devices, or says why there is none. */
  readonly load: () => Promise<HidSystem | { readonly unsupported: string }>;
  readonly port: HidPort;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Listing was seen to take up to 10 s and to come back. */
  readonly answerMilliseconds?: number;
  /** After it a report that the system has not taken is stuck. */
  readonly writeDeadlineMilliseconds?: number | undefined;
}

const checkEveryMilliseconds = 5;

/** Runs until the port says 'end', or closes. */
export function serveHidRig(options: ServeOptions): Disposable {
  const { load, port, clock, random, answerMilliseconds = 15_000 } = options;
  let line: HidLine | undefined;
  let hasEnded = false;
  const handOver = new HandOver();
  const send = (message: FromHid) => port.postMessage(message);
  const fail = (code: HidFaultCode, message: string) => send({ kind: 'fault', fault: { code, message } });
  const checks = setInterval(() => line?.check(), checkEveryMilliseconds);
  const deadlines = new Set<NodeJS.Timeout>();

  /** Undefined after a fault has been sent. What comes later than its deadline is closed and forgotten. */
  function answered<T>(what: string, ask: Promise<T>, forget: (late: T) => void = () => {}): Promise<T | undefined> {
    return new Promise((resolve) => {
      let isLate = false;
      const deadline = setTimeout(() => {
        isLate = true;
        deadlines.delete(deadline);
        fail('enumeration-stalled', `${what} has taken more than ${answerMilliseconds} ms: unplug the HID devices`);
        resolve(undefined);
      }, answerMilliseconds);
      deadlines.add(deadline);
      const settle = (act: () => void) => {
        clearTimeout(deadline);
        deadlines.delete(deadline);
        act();
      };
      ask.then(
        (answer) => (isLate ? forget(answer) : settle(() => resolve(answer))),
        (error: unknown) => {
          if (isLate) return;
          settle(() => {
            fail('open-failed', `${what} failed: ${error instanceof Error ? error.message : String(error)}`);
            resolve(undefined);
          });
        },
      );
    });
  }

  async function rigs(): Promise<{ system: HidSystem; rigs: HidRig[] } | undefined> {
    const system = await load();
    if ('unsupported' in system) return void fail('unsupported', system.unsupported);
    const devices = await answered('listing the HID devices', system.devices());
    return devices && { system, rigs: hidRigsOf(devices) };
  }

  async function open(serialNumber: string, blockMilliseconds: number | undefined): Promise<void> {
    const listed = await rigs();
    if (listed === undefined) return;
    const rig = findHidRig(listed.rigs, serialNumber);
    if ('code' in rig) return send({ kind: 'fault', fault: rig });
    // Reports that come before there is a line for them are of other programs.
    let listener: ReportListener | undefined;
    const early: { lost?: string } = {};
    const opening = listed.system.open(rig.path, {
      onReport: (report) => listener?.onReport(report),
      onLost(message) {
        early.lost = message;
        listener?.onLost(message);
      },
    });
    const device = await answered(`opening HID rig ${serialNumber}`, opening, (late) => late.close());
    if (device === undefined) return;
    line?.dispose();
    line = new HidLine({
      reportBytes: rig.reportBytes,
      blockMilliseconds,
      clock,
      writeDeadlineMilliseconds: options.writeDeadlineMilliseconds,
      handOver,
      connectionNumber: () => Math.floor(random() * 256),
      device(ofLine) {
        listener = ofLine;
        return device;
      },
    });
    line.onFrame(({ role, frame }) => send({ kind: 'frame', role, frame }));
    line.onTaken((role) => send({ kind: 'taken', role }));
    line.onDigitalInputs((inputs) => send({ kind: 'digital-inputs', ...inputs }));
    line.onFault((fault: HidFault) => send({ kind: 'fault', fault }));
    send({ kind: 'opened', rig });
    if (early.lost !== undefined) listener?.onLost(early.lost);
  }

  function end(): void {
    if (hasEnded) return;
    hasEnded = true;
    clearInterval(checks);
    for (const deadline of deadlines) clearTimeout(deadline);
    line?.dispose();
    port.close();
  }

  port.on('message', (message) => {
    switch (message.kind) {
      case 'list':
        void rigs().then((listed) => listed && send({ kind: 'rigs', rigs: listed.rigs }));
        return;
      case 'open':
        void open(message.serialNumber, message.blockMilliseconds);
        return;
      case 'open-role':
        return line?.open(message.role);
      case 'frame':
        return line?.send(message.role, message.frame);
      case 'close-role':
        return line?.close(message.role);
      case 'messages-taken':
        return handOver.take(message.messages);
      case 'count':
        if (line === undefined) return fail('not-found', 'no HID rig has been opened');
        return send({ kind: 'counts', counts: line.counts, digitalInputs: line.digitalInputs });
      case 'end':
        // What was handed over before is still written, above all goodbyes.
        return void (line?.drained() ?? Promise.resolve()).then(end);
    }
  });
  // Whoever used it has ended.
  port.on('close', end);
  return { dispose: end };
}
