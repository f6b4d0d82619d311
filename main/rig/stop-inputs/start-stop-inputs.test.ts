import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ControlBlock,
  controlWord,
  createControlBlock,
  stopInputState,
} from '../../../common/base/control-block.ts';
import type { StopInputsReport } from '../../../common/contract/stop-inputs.ts';
import { FakeHidSource, pedal } from './fake-hid-source.ts';
import { type LoadHidSource, startStopInputs } from './start-stop-inputs.ts';
import type { FromStopInputs, ToStopInputs, TriggerPresses } from './stop-input-messages.ts';

let folder = '';
let settingsFile = '';
let control: ControlBlock;
let port: MessagePort;
let closed: Promise<unknown>;
let reports: StopInputsReport[];
let triggered: TriggerPresses[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-station-'));
  settingsFile = join(folder, 'station.json');
  control = createControlBlock();
  reports = [];
  triggered = [];
});
afterEach(async () => {
  port.postMessage({ kind: 'end' } satisfies ToStopInputs);
  await closed;
  rmSync(folder, { recursive: true, force: true });
});

const word = (name: keyof typeof controlWord) => Atomics.load(control, controlWord[name]);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Starts the thread's work here; the test is the main thread. */
function begin(settings: object | undefined, load: LoadHidSource): void {
  if (settings !== undefined) writeFileSync(settingsFile, JSON.stringify(settings));
  const channel = new MessageChannel();
  port = channel.port1;
  closed = once(port, 'close');
  port.on('message', ({ report }: FromStopInputs) => reports.push(report));
  const triggers = new MessageChannel();
  triggers.port1.on('message', (presses: TriggerPresses) => triggered.push(presses));
  startStopInputs({ control, port: channel.port2, triggerPort: triggers.port2, settingsFile }, load);
}

const onePedal = { stopInputs: [{ vendorId: pedal.vendorId, productId: pedal.productId, kind: 'stop' }] };

function withPedal(): FakeHidSource {
  const source = new FakeHidSource();
  source.plug(pedal);
  begin(onePedal, () => Promise.resolve(source));
  return source;
}

describe('the stop-input thread', () => {
  it('opens what the station names, beats, and reports', async () => {
    withPedal();
    await until(() => word('stopInputState') === stopInputState.ready && word('stopInputBeat') >= 3);
    await until(() => reports.at(-1)?.inputs[0]?.isOpen === true);
    expect(reports.at(-1)?.problems).toEqual([]);
  });

  it('H43: a press wakes a thread that waits on the stop word while the main thread and its page hear nothing', async () => {
    const source = withPedal();
    await until(() => source.openPaths.length === 1);
    const waiter = new Worker(
      `const { workerData: { control, word }, parentPort } = require('node:worker_threads');
       parentPort.postMessage('waiting');
       process.exitCode = Atomics.wait(control, word, 0, 10_000) === 'timed-out' ? 1 : 0;`,
      { eval: true, workerData: { control, word: controlWord.stopRequests } },
    );
    const ended = once(waiter, 'exit');
    await once(waiter, 'message');
    const told = reports.length;
    source.report(pedal.path, 0, 0, 4);
    // The main thread's event loop has not turned since.
    expect(reports).toHaveLength(told);
    expect(await ended).toEqual([0]);
  });

  it('H81: lets the rig arm on nothing while it does not know its inputs', () => {
    const source = new FakeHidSource();
    begin(onePedal, () => Promise.resolve(source));
    expect(word('stopInputState')).toBe(stopInputState.missing);
  });

  it('needs no driver where the station names no input', async () => {
    begin(undefined, () => Promise.reject(new Error('loaded without need')));
    await until(() => reports.length === 1);
    expect(reports).toEqual([{ inputs: [], problems: [] }]);
    expect(word('stopInputState')).toBe(stopInputState.none);
  });

  it('says what is wrong with the settings, and keeps the rig from arming', async () => {
    begin({ stopInputs: 'pedal' }, () => Promise.reject(new Error('loaded without need')));
    await until(() => reports.length === 1);
    expect(reports[0]?.problems).toMatchObject([
      { code: 'settings', what: `${settingsFile}: stopInputs is "pedal"`, cure: 'Write a list of inputs in [ ]' },
    ]);
    expect(word('stopInputState')).toBe(stopInputState.missing);
  });

  it('says that HID devices cannot be read here, lives on, and keeps the rig from arming', async () => {
    begin(onePedal, () => Promise.resolve({ unsupported: 'HID devices cannot be read on plan9 mips: no binding' }));
    await until(() => reports.length === 1);
    const beat = word('stopInputBeat');
    await until(() => word('stopInputBeat') > beat);
    expect(reports[0]?.problems).toMatchObject([
      { code: 'unsupported', what: 'HID devices cannot be read on plan9 mips: no binding' },
    ]);
    expect(word('stopInputState')).toBe(stopInputState.missing);
  });
});

describe('trigger inputs', () => {
  const triggerInputs = [{ vendorId: pedal.vendorId, productId: pedal.productId, name: 'Light on' }];

  it('tell the rig thread of their presses, past the main thread', async () => {
    const source = new FakeHidSource();
    source.plug(pedal);
    begin({ triggerInputs }, () => Promise.resolve(source));
    await until(() => word('triggerInputState') === stopInputState.ready);
    const beforeNs = Number(process.hrtime.bigint());
    source.report(pedal.path, 0, 0, 4);
    await until(() => triggered.length === 1);
    const trigger = { name: 'Light on', control: 'any key', device: 'FootSwitch (vendor 0x0C45, product 0x7403)' };
    expect(triggered).toMatchObject([{ trigger, unmarked: 0 }]);
    expect(triggered[0]?.pressedNs[0]).toBeGreaterThan(beforeNs);
    expect([word('stopRequests'), word('presence')]).toEqual([0, 0]);
  });

  it.each([
    ['are not there', () => Promise.resolve(new FakeHidSource()), 'not-found'],
    ['cannot be read here', () => Promise.resolve({ unsupported: 'no binding' }), 'unsupported'],
  ] as const)('that %s keep nothing from arming, and it is said', async (_, load, code) => {
    begin({ triggerInputs }, load);
    const codes = () => [...(reports.at(-1)?.problems ?? []), ...(reports.at(-1)?.inputs ?? [])].map(codeOf);
    const codeOf = (each: { code?: string; problem?: { code: string } }) => each.code ?? each.problem?.code;
    await until(() => codes().includes(code));
    expect([word('stopInputState'), word('triggerInputState')]).toEqual([stopInputState.none, stopInputState.missing]);
  });
});

it('a thread that has ended opens nothing that was still being loaded', async () => {
  const source = new FakeHidSource();
  source.plug(pedal);
  let isLoaded = (_: FakeHidSource) => {};
  begin(onePedal, () => new Promise((resolve) => (isLoaded = resolve)));
  port.postMessage({ kind: 'end' } satisfies ToStopInputs);
  await closed;
  isLoaded(source);
  await new Promise((resolve) => setImmediate(resolve));
  expect(source.enumerations).toBe(0);
});

it('a thread that has ended holds no device and claims none', async () => {
  const source = withPedal();
  await until(() => source.openPaths.length === 1);
  port.postMessage({ kind: 'end' } satisfies ToStopInputs);
  await until(() => source.openPaths.length === 0);
  expect(word('stopInputState')).toBe(stopInputState.missing);
});
