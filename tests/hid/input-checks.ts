// Checks of `npm run test:hid`: a foot pedal, a game pad and a second pedal of the kernel, heard by the thread of the stop inputs through node-hid and hidraw.
import { setTimeout as wait } from 'node:timers/promises';
import { MessageChannel, Worker } from 'node:worker_threads';
import { type ControlBlock, controlWord, createControlBlock, stopInputState } from '../../common/base/control-block.ts';
import { DisposableStore } from '../../common/base/disposable.ts';
import type { StopInputsReport } from '../../common/contract/stop-inputs.ts';
import { hostClock } from '../../main/rig/hardware/host-clock.ts';
import type { FromStopInputs, ToStopInputs, TriggerPresses } from '../../main/rig/stop-inputs/stop-input-messages.ts';
import { World } from '../faults/simulated-world.ts';
import { armBy } from '../faults/stimulating-world.ts';
import { inputDevices } from './input-settings.mjs';
import { gamePadDescriptor, keyboardDescriptor, UhidDevice } from './uhid-device.ts';

type Numbers = Record<string, number | string>;

const pedal = { ...inputDevices.pedal, descriptor: keyboardDescriptor };
const secondPedal = { ...inputDevices.secondPedal, descriptor: keyboardDescriptor };
const gamePad = { ...inputDevices.gamePad, descriptor: gamePadDescriptor };

const release = [0, 0, 0, 0, 0, 0, 0, 0];
/** F13: a key that does no harm. */
const press = [0, 0, 0x68, 0, 0, 0, 0, 0];

function insist(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(what);
}

async function until(isTrue: () => boolean, what: string, seconds = 30): Promise<void> {
  const deadlineNs = hostClock.nowNs() + seconds * 1e9;
  while (!isTrue()) {
    insist(hostClock.nowNs() < deadlineNs, `${what} has not come true in ${seconds} s`);
    await wait(1);
  }
}

/** All devices plugged in, and the thread that hears them. */
class Desk {
  readonly #owner = new DisposableStore();
  readonly #control: ControlBlock;
  readonly #ended: Promise<unknown>;
  readonly pedal = this.#owner.add(new UhidDevice(pedal));
  readonly gamePad = this.#owner.add(new UhidDevice(gamePad));
  readonly secondPedal = this.#owner.add(new UhidDevice(secondPedal));
  readonly triggered: TriggerPresses[] = [];
  newest: StopInputsReport = { inputs: [], problems: [] };

  constructor(thread: string, settingsFile: string, control: ControlBlock) {
    this.#control = control;
    const [reports, triggers] = [new MessageChannel(), new MessageChannel()];
    const [port, triggerPort] = [reports.port2, triggers.port2];
    const worker = new Worker(thread, {
      workerData: { control, port, triggerPort, settingsFile },
      transferList: [port, triggerPort],
    });
    this.#ended = new Promise((resolve) => worker.once('exit', resolve));
    reports.port1.on('message', ({ report }: FromStopInputs) => (this.newest = report));
    triggers.port1.on('message', (presses: TriggerPresses) => this.triggered.push(presses));
    // It ends by itself, and last: what is unplugged under it, it has closed.
    this.#owner.onDispose(() => reports.port1.postMessage({ kind: 'end' } satisfies ToStopInputs));
  }

  word(name: keyof typeof controlWord): number {
    return Atomics.load(this.#control, controlWord[name]);
  }

  async ready(): Promise<void> {
    const { ready } = stopInputState;
    const isReady = () => this.newest.inputs.length === 4 && this.newest.inputs.every(({ isOpen }) => isOpen);
    await until(isReady, `that all inputs are open (${JSON.stringify(this.newest)})`);
    await until(() => this.word('stopInputState') === ready && this.word('triggerInputState') === ready, 'their words');
  }

  async end(): Promise<void> {
    this.#owner.dispose();
    await this.#ended;
  }
}

export interface InputSurroundings {
  /** Path of the built stop-input thread. */
  thread: string;
  /** Path of the station.json that says what input-settings.mjs does. */
  settingsFile: string;
}

async function atDesk(
  { thread, settingsFile }: InputSurroundings,
  control: ControlBlock,
  body: (desk: Desk) => Promise<Numbers>,
): Promise<Numbers> {
  const desk = new Desk(thread, settingsFile, control);
  try {
    await desk.ready();
    return await body(desk);
  } finally {
    await desk.end();
  }
}

/** The rig is simulated, in time of its own; pedal, kernel and thread are real. */
async function pedalTrips(surroundings: InputSurroundings): Promise<Numbers> {
  const world = new World(7);
  const program = await world.start();
  try {
    return await atDesk(surroundings, program.control, async (desk) => {
      await world.pass(20);
      await armBy(world, program);
      const state = () => program.rig.chain.interlock.state;
      insist(state() === 'armed', `the rig is ${state()}`);
      desk.pedal.report(...release);
      await wait(100);
      await world.pass(10);
      insist(state() === 'armed', `a pedal at rest has made the rig ${state()}`);
      const pressedNs = hostClock.nowNs();
      desk.pedal.report(...press);
      await until(() => desk.word('emergencyStops') > 0, 'that the pedal stops');
      const stoppedMilliseconds = (hostClock.nowNs() - pressedNs) / 1e6;
      await world.pass(200);
      const cause = program.rig.chain.interlock.firstCause?.code ?? 'none';
      insist(state() === 'tripped' && cause === 'emergency-stop', `the rig is ${state()} by ${cause}`);
      insist(!program.rig.output.status.isOutputOn, 'the output is on');
      return { stoppedMilliseconds: Math.round(stoppedMilliseconds * 100) / 100, cause };
    });
  } finally {
    world.dispose();
  }
}

function padShowsPresence(surroundings: InputSurroundings): Promise<Numbers> {
  return atDesk(surroundings, createControlBlock(), async (desk) => {
    desk.gamePad.report(0, 0, 0, 0);
    await wait(200);
    insist(desk.word('presence') === 0, 'a pad at rest shows presence');
    desk.gamePad.report(1, 0, 0, 0);
    await until(() => desk.word('presence') >= 5, 'that a held button shows presence again and again');
    desk.gamePad.report(0, 0, 50, 0);
    await wait(200);
    const released = desk.word('presence');
    await wait(300);
    insist(desk.word('presence') === released, 'a button that was let go shows presence');
    insist(desk.word('stopRequests') === 0 && desk.triggered.length === 0, 'a presence button stops or marks');
    return { presence: released };
  });
}

function pressesAreMarks(surroundings: InputSurroundings): Promise<Numbers> {
  return atDesk(surroundings, createControlBlock(), async (desk) => {
    const beganNs = hostClock.nowNs();
    desk.gamePad.report(0, 1, 0, 0);
    await until(() => desk.triggered.length === 1, 'that a button of the pad is heard');
    const [first] = desk.triggered;
    const latenessMilliseconds = ((first?.pressedNs[0] ?? NaN) - beganNs) / 1e6;
    insist(latenessMilliseconds >= 0, 'it was heard before it was pressed');
    insist(first?.trigger.name === 'Animal moves' && first.trigger.control === 'button 9', JSON.stringify(first));
    desk.secondPedal.report(...press);
    await until(() => desk.triggered.length === 2, 'that the second pedal is heard');
    const { name, control, device } = desk.triggered[1]!.trigger;
    insist(name === 'Light on' && control === 'any key' && device.startsWith('FootSwitch two'), device);
    insist(desk.word('stopRequests') + desk.word('presence') === 0, 'a trigger input stops or shows presence');
    return { latenessMilliseconds: Math.round(latenessMilliseconds * 100) / 100 };
  });
}

function inputsComeBack(surroundings: InputSurroundings): Promise<Numbers> {
  return atDesk(surroundings, createControlBlock(), async (desk) => {
    const { missing, ready } = stopInputState;
    desk.secondPedal.unplug();
    await until(() => desk.word('triggerInputState') === missing, 'that the trigger pedal is missed');
    insist(desk.word('stopInputState') === ready && desk.word('stopRequests') === 0, 'a lost trigger input is a fault');
    const unpluggedNs = hostClock.nowNs();
    desk.pedal.unplug();
    await until(() => desk.word('stopInputState') === missing, 'that the stop pedal is missed');
    const missedMilliseconds = (hostClock.nowNs() - unpluggedNs) / 1e6;
    await until(() => desk.newest.inputs[0]?.problem !== undefined, 'that it is told');
    const code = desk.newest.inputs[0]?.problem?.code ?? 'none';
    insist(code === 'lost' || code === 'not-found', `the problem is ${code}`);
    desk.pedal.plug();
    desk.secondPedal.plug();
    await desk.ready();
    desk.pedal.report(...press);
    await until(() => desk.word('emergencyStops') > 0, 'that the pedal stops again');
    desk.secondPedal.report(...press);
    await until(() => desk.triggered.length === 1, 'that the trigger pedal is heard again');
    return { missedMilliseconds: Math.round(missedMilliseconds * 10) / 10 };
  });
}

export const inputChecks: Record<string, (surroundings: InputSurroundings) => Promise<Numbers>> = {
  'a foot pedal trips an armed rig': pedalTrips,
  'a button of a game pad shows presence': padShowsPresence,
  'a button and a pedal are marked': pressesAreMarks,
  'pedals unplugged and plugged in again': inputsComeBack,
};
