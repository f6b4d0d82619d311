// Sessions that an emulated RHX records and an emulated StimJim or Pulse Pal on a pseudo-terminal stimulates, through the whole application: given by hand, seen at a digital input.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visitJournal } from '../../analysis/journal/record-visitor.ts';
import { DisposableStore } from '../../common/base/disposable.ts';
import type { Event } from '../../common/base/event.ts';
import { journalFileName } from '../../common/journal/session-documents.ts';
import { VirtualRhx } from '../../main/virtual-rig/rhx/virtual-rhx.ts';
import { VirtualPulsePal } from '../../main/virtual-rig/serial/virtual-pulse-pal.ts';
import type { VirtualSerialDevice } from '../../main/virtual-rig/serial/virtual-serial-device.ts';
import { VirtualStimJim } from '../../main/virtual-rig/serial/virtual-stimjim.ts';
import { fire, hold, recordArmed, second } from '../support/by-hand.ts';
import { copyExperiment } from '../support/experiment-copy.ts';
import { isTripped, type Lab, withLab } from '../support/lab.ts';
import { buildPseudoTerminal, PseudoTerminal } from '../support/pseudo-terminal.ts';
import { runExocortex } from '../support/run-exocortex.ts';

const timeout = 90_000;
const folder = mkdtempSync(join(tmpdir(), 'exocortex-stimjim-'));
const built = buildPseudoTerminal(folder);
if ('reason' in built) console.warn(`Sessions with a StimJim are not tested over a pseudo-terminal: ${built.reason}.`);

let store = new DisposableStore();
let copies = '';
beforeEach(() => {
  copies = mkdtempSync(join(folder, 'experiment-'));
});
afterEach(() => {
  store.dispose();
  store = new DisposableStore();
  rmSync(copies, { recursive: true, force: true });
});

/** The marker's own line is not recorded: another one with the same wire is. */
const digitalInputs = 'digitalInputs:\n  - { line: 2, name: marker-too }\n';

interface Bench {
  rhx: VirtualRhx;
  stimJim: VirtualStimJim;
  terminal: PseudoTerminal;
  file: string;
  /** The wire from the StimJim's pins to the controller: cut, it shows nothing. */
  wire: { isCut: boolean };
}

/** In the place of the StimJim. */
interface OtherDevice {
  device: VirtualSerialDevice;
  onPulse: Event<{ microseconds: number }>;
  board: { vendorId: string; productId: string };
}

const stimJimBoard = { vendorId: '16c0', productId: '0483' };

/** Devices of their own, wired, and the shipped experiment on them. */
async function prepare(change: (text: string) => string = (text) => text, other?: OtherDevice): Promise<Bench> {
  const controller = { isStimulator: false, sampleRateHz: 30_000, amplifiers: [32], stepMicroamps: 1 };
  const rhx = store.add(await VirtualRhx.start(controller));
  rhx.setDigitalInputs(0, performance.now());
  const stimJim = new VirtualStimJim((milliseconds, then) => void setTimeout(then, milliseconds));
  const { device, onPulse } = other ?? { device: stimJim, onPulse: stimJim.onActive };
  const wire = { isCut: false };
  onPulse(({ microseconds }) => {
    if (!wire.isCut) pulseOnWire(rhx, microseconds);
  });
  const terminal = await PseudoTerminal.start('path' in built ? built.path : '', device);
  store.onDispose(() => terminal.dispose());
  const file = await copyExperiment('rhx-and-stimjim', copies, (text) =>
    change(`${text.replace('commandPort: 5000', `commandPort: ${rhx.commandPort}`)}\n${digitalInputs}`),
  );
  return { rhx, stimJim, terminal, file, wire };
}

/** Onto the marker, and onto a second input that is recorded. */
function pulseOnWire(rhx: VirtualRhx, microseconds: number): void {
  const nowMs = performance.now();
  rhx.setDigitalInputs(0b11, nowMs);
  rhx.setDigitalInputs(0, nowMs + microseconds / 1000);
}

/** The bench in a lab whose system lists the port of the device. */
async function onBench(
  body: (lab: Lab, bench: Bench) => Promise<void>,
  change?: (text: string) => string,
  other?: OtherDevice,
) {
  const bench = await prepare(change, other);
  const { path } = bench.terminal;
  const port = { path, serialNumber: '7654320', ...(other?.board ?? stimJimBoard) };
  await withLab((lab) => body(lab, bench), { serialPorts: [port] });
}

const causeOf = ({ operator }: Lab) => operator.status!.interlock.firstCause;

interface Told {
  deliveries: { electrode: number; sampleIndex: number; outcome: number }[];
  measures: { firstFemtocoulombs: number; secondFemtocoulombs: number; isNotMeasured: number }[];
  /** Samples at which the wire went high. */
  edges: number[];
}

async function readSession(session: string): Promise<Told> {
  const told: Told = { deliveries: [], measures: [], edges: [] };
  await visitJournal(join(session, journalFileName), [
    {
      delivery: ({ electrode, sampleIndex, outcome }) => told.deliveries.push({ electrode, sampleIndex, outcome }),
      deliveryMeasure: ({ firstFemtocoulombs, secondFemtocoulombs, isNotMeasured }) =>
        told.measures.push({ firstFemtocoulombs, secondFemtocoulombs, isNotMeasured }),
      digitalInput: ({ line, isHigh, sampleIndex }) => {
        if (line === 2 && isHigh === 1) told.edges.push(sampleIndex);
      },
    },
  ]);
  return told;
}

describe.runIf('path' in built)('a session that RHX records and a serial stimulator stimulates', () => {
  it(
    'S39: gives single pulses by the hand that holds the dead-man, a second apart, and records each where the source saw it',
    { timeout },
    async () => {
      await onBench(async (lab, bench) => {
        const { operator, finished } = lab;
        await recordArmed(lab, bench.file);
        expect(operator.status!.interlock).toMatchObject({
          hasStimulator: true,
          isOutputOn: true,
          presence: { isDeadMan: true, mustHold: true },
        });
        await expect(fire(lab, 'left')).rejects.toThrow('the presence control is not held');
        expect(bench.stimJim.played).toEqual([]);
        await hold(lab);
        await fire(lab, 'left');
        await expect(fire(lab, 'right')).rejects.toThrow('pulse rate over all electrodes above the limit');
        await operator.until(({ counters }) => counters.deliveries === 1, 3, 'the first pulse');
        await second();
        await hold(lab);
        await fire(lab, 'right');
        await operator.until(({ counters }) => counters.deliveries === 2, 3, 'the second pulse');
        await hold(lab, false);
        await second();
        await expect(fire(lab, 'left')).rejects.toThrow('the presence control is not held');
        expect(bench.stimJim.played.map(({ output }) => output)).toEqual([0, 1]);
        await operator.give('run.end', {});
        const { folder: session, summary } = await finished;
        expect(summary).toMatchObject({ trips: 0, samplesLost: 0, deliveries: 2, complete: true });
        const { deliveries, measures, edges } = await readSession(session);
        expect(deliveries).toMatchObject([
          { electrode: 3, outcome: 0 },
          { electrode: 12, outcome: 0 },
        ]);
        expect(deliveries.map(({ sampleIndex }) => sampleIndex)).toEqual(edges);
        const charges = { firstFemtocoulombs: -20_000_000, secondFemtocoulombs: 20_000_000, isNotMeasured: 0 };
        expect(measures).toEqual([charges, charges]);
        expect(deliveries[1]!.sampleIndex - deliveries[0]!.sampleIndex).toBeGreaterThan(30_000);
        const replay = await runExocortex(['replay', session, '--json']);
        expect(JSON.parse(replay.stdout)).toMatchObject({ isEqual: true });
        await operator.give('rig.disconnect', {});
        // The program has told the device to stop: nothing is triggered any more, and both outputs are grounded.
        await expect.poll(() => bench.stimJim.stops, { timeout: 5000 }).toEqual({ T: 2, U: 2 });
        expect(bench.stimJim.outputModes).toEqual([3, 3]);
      });
    },
  );

  it(
    'S39: of a Pulse Pal, which measures nothing, says so of each pulse, and is replayed as it was',
    { timeout },
    async () => {
      const pulsePal = new VirtualPulsePal();
      const asPulsePal = (text: string) =>
        text
          .replace('kind: stimjim', 'kind: pulse-pal-2\n  microampsPerVolt: 1000')
          .replaceAll('amplitudeMicroamps: 100', 'amplitudeMicroamps: 97.656');
      const board = { vendorId: '2341', productId: '003e' };
      await onBench(
        async (lab, bench) => {
          await recordArmed(lab, bench.file);
          await hold(lab);
          await fire(lab, 'left');
          await lab.operator.until(({ counters }) => counters.deliveries === 1, 3, 'the pulse');
          // Known of before its samples come: a recording that ends in between has the one and not the other.
          await lab.operator.until((status) => status.digitalInputs?.[0]?.changes === 2, 3, 'the samples of the pulse');
          expect(pulsePal.played.map(({ channel }) => channel)).toEqual([1]);
          await lab.operator.give('run.end', {});
          const { folder: session, summary } = await lab.finished;
          expect(summary).toMatchObject({ trips: 0, deliveries: 1, complete: true });
          const { deliveries, measures, edges } = await readSession(session);
          expect(deliveries.map(({ sampleIndex }) => sampleIndex)).toEqual(edges);
          expect(measures).toEqual([{ firstFemtocoulombs: 0, secondFemtocoulombs: 0, isNotMeasured: 1 }]);
          const replay = await runExocortex(['replay', session, '--json']);
          expect(JSON.parse(replay.stdout)).toMatchObject({ isEqual: true });
        },
        asPulsePal,
        { device: pulsePal, onPulse: pulsePal.onPlaying, board },
      );
    },
  );

  it('trips on a pulse that the source sees and nobody has asked for', { timeout }, async () => {
    await onBench(async (lab, bench) => {
      await recordArmed(lab, bench.file);
      pulseOnWire(bench.rhx, 400);
      await lab.operator.until(isTripped, 5, 'the trip');
      expect(causeOf(lab)).toMatchObject({ code: 'wrong-acknowledgement' });
      await lab.operator.until(({ interlock }) => interlock.isOutputOn === false, 5, 'the end of the output');
    });
  });

  it('trips when the source does not see the pulse that was asked for', { timeout }, async () => {
    await onBench(async (lab, bench) => {
      await recordArmed(lab, bench.file);
      bench.wire.isCut = true;
      await hold(lab);
      await fire(lab, 'left');
      await lab.operator.until(isTripped, 5, 'the trip');
      expect(causeOf(lab)).toMatchObject({ code: 'no-acknowledgement', electrode: 3 });
    });
  });

  it('trips when the plug is pulled, and when the program that has the port open is killed', { timeout }, async () => {
    await onBench(async (lab, bench) => {
      await recordArmed(lab, bench.file);
      bench.terminal.dispose();
      await lab.operator.until(isTripped, 10, 'the trip');
      expect(causeOf(lab)).toMatchObject({ code: 'source-closed' });
      expect(causeOf(lab)!.message).toContain('StimJim 7654320');
      await lab.operator.until(({ interlock }) => interlock.isOutputOn !== true, 5, 'the end of the output');
    });
    await onBench(async (lab, bench) => {
      await recordArmed(lab, bench.file);
      process.kill(lab.programs.get('serial-stimulator')!.pid!, 'SIGKILL');
      await lab.operator.until(isTripped, 10, 'the trip');
      expect(causeOf(lab)).toMatchObject({ code: 'source-closed' });
      await lab.operator.until(({ interlock }) => interlock.isOutputOn !== true, 5, 'the end of the output');
    });
  });

  it(
    'gives nothing when the device holds another pulse than was uploaded, at arming and at the press',
    { timeout },
    async () => {
      await onBench(async (lab, bench) => {
        await lab.operator.connect(bench.file, 'real-time');
        bench.stimJim.trains[0]!.stages[0]![0] = -500;
        await expect(lab.operator.arm('test')).rejects.toThrow(/-500,0,200/);
      });
      await onBench(async (lab, bench) => {
        await recordArmed(lab, bench.file);
        await hold(lab);
        bench.stimJim.trains[0]!.stages[0]![0] = -500;
        await expect(fire(lab, 'left')).rejects.toThrow(/not as it was prepared.*-500,0,200/);
        expect(bench.stimJim.played).toEqual([]);
        await lab.operator.until(isTripped, 5, 'the trip');
      });
    },
  );

  it('is not connected with a stimulus that it cannot give exactly, or without the device', { timeout }, async () => {
    const uneven = (text: string) => text.replace('amplitudeMicroamps: 100', 'amplitudeMicroamps: 99.5');
    await onBench(async ({ operator }, { file }) => {
      await expect(operator.give('rig.connect', { file })).rejects.toThrow(
        /electrode 3 has an amplitude of 99.5 µA, and the stimulator gives 99 µA/,
      );
    }, uneven);
    const other = (text: string) => text.replace("'7654320'", "'1'");
    await onBench(async ({ operator }, { file }) => {
      await expect(operator.give('rig.connect', { file })).rejects.toThrow(
        /there is no stimjim with serial number 1 \(connected: 7654320\)/,
      );
    }, other);
  });
});
