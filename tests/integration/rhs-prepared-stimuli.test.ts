// Sessions on an emulated RHS controller that records and holds the experiment's stimuli, through the whole application: given by hand, seen in the samples.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visitJournal } from '../../analysis/journal/record-visitor.ts';
import { DisposableStore } from '../../common/base/disposable.ts';
import { journalFileName } from '../../common/journal/session-documents.ts';
import { VirtualRhx } from '../../main/virtual-rig/rhx/virtual-rhx.ts';
import { fire, hold, recordArmed, second } from '../support/by-hand.ts';
import { copyExperiment } from '../support/experiment-copy.ts';
import { isTripped, type Lab, withLab } from '../support/lab.ts';
import { runExocortex } from '../support/run-exocortex.ts';

const timeout = 90_000;

let store = new DisposableStore();
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-prepared-'));
});
afterEach(() => {
  store.dispose();
  store = new DisposableStore();
  rmSync(folder, { recursive: true, force: true });
});

/** An emulated controller of its own, and the shipped experiment on it. */
async function prepare(change: (text: string) => string = (text) => text): Promise<{ rhx: VirtualRhx; file: string }> {
  const controller = { isStimulator: true, sampleRateHz: 30_000, amplifiers: [32], stepMicroamps: 0.5 };
  const rhx = store.add(await VirtualRhx.start(controller));
  const file = await copyExperiment('rhs-prepared-stimuli', folder, (text) =>
    change(text.replace('commandPort: 5000', `commandPort: ${rhx.commandPort}`)),
  );
  return { rhx, file };
}

/** Connects, arms and records; a busy computer begins anew. */
async function begin(lab: Lab): Promise<VirtualRhx> {
  const { rhx, file } = await prepare();
  await recordArmed(lab, file);
  return rhx;
}

async function deliveriesOf(session: string): Promise<{ electrode: number; sampleIndex: number; outcome: number }[]> {
  const deliveries: { electrode: number; sampleIndex: number; outcome: number }[] = [];
  await visitJournal(join(session, journalFileName), [
    {
      delivery: ({ electrode, sampleIndex, outcome }) => deliveries.push({ electrode, sampleIndex, outcome }),
    },
  ]);
  return deliveries;
}

describe('a session with stimuli prepared on an RHS controller', () => {
  it(
    'S39: gives single pulses by the hand that holds the dead-man, a second apart, and records each at its sample',
    { timeout },
    async () => {
      await withLab(async (lab) => {
        const { operator, finished } = lab;
        const rhx = await begin(lab);
        expect(operator.status!.interlock).toMatchObject({
          hasStimulator: true,
          isOutputOn: true,
          presence: { isDeadMan: true, mustHold: true },
        });
        await expect(fire(lab, 'left')).rejects.toThrow('the presence control is not held');
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
        expect(rhx.fired).toEqual([
          { channel: 'a-003', key: 'f1' },
          { channel: 'a-012', key: 'f2' },
        ]);
        await operator.give('run.end', {});
        const { folder: session, summary } = await finished;
        expect(summary).toMatchObject({ trips: 0, samplesLost: 0, deliveries: 2, complete: true });
        const deliveries = await deliveriesOf(session);
        expect(deliveries).toMatchObject([
          { electrode: 3, outcome: 0 },
          { electrode: 12, outcome: 0 },
        ]);
        const [first, last] = deliveries;
        expect(last!.sampleIndex - first!.sampleIndex).toBeGreaterThan(30_000);
        const replay = await runExocortex(['replay', session, '--json']);
        expect(JSON.parse(replay.stdout)).toMatchObject({ isEqual: true });
        await operator.give('rig.disconnect', {});
        await operator.until(({ session: { stage } }) => stage === 'idle', 5, 'the end');
        // Nothing stays behind that a key of RHX's own window could fire.
        const enabled = () => ['a-003', 'a-012'].map((channel) => rhx.settings.valueOf(`${channel}.stimenabled`));
        await expect.poll(enabled, { timeout: 5000 }).toEqual(['False', 'False']);
      });
    },
  );

  it(
    'trips when the samples show a pulse that nobody has asked for, or none that was asked for',
    { timeout },
    async () => {
      await withLab(async (lab) => {
        const { operator } = lab;
        const rhx = await begin(lab);
        rhx.pressKey('f1');
        await operator.until(isTripped, 5, 'the trip');
        expect(operator.status!.interlock.firstCause).toMatchObject({ code: 'wrong-acknowledgement', electrode: 3 });
        await operator.until(({ interlock }) => interlock.isOutputOn === false, 5, 'the end of the output');
      });
      await withLab(async (lab) => {
        const { operator } = lab;
        const rhx = await begin(lab);
        rhx.faults.isTriggerDeaf = true;
        await hold(lab);
        await fire(lab, 'left');
        await operator.until(isTripped, 5, 'the trip');
        expect(operator.status!.interlock.firstCause).toMatchObject({ code: 'no-acknowledgement', electrode: 3 });
      });
    },
  );

  it('is not connected with a stimulus that the controller cannot give exactly, and says which one it can', async () => {
    const { rhx, file } = await prepare((text) => text.replace('phaseMicroseconds: 200', 'phaseMicroseconds: 210'));
    await withLab(async ({ operator }) => {
      await expect(operator.give('rig.connect', { file })).rejects.toThrow(
        /A-003: the stimulus has a phase of 210 µs, and the controller gives 200 µs: choose whole samples/,
      );
    });
    expect(rhx.settings.valueOf('a-003.stimenabled')).toBe('False');
  });

  it('is not armed when the controller holds another stimulus than was uploaded', { timeout }, async () => {
    const { rhx, file } = await prepare();
    await withLab(async ({ operator }) => {
      await operator.give('rig.connect', { file });
      rhx.settings.force('a-003.firstphaseamplitudemicroamps', '30');
      await expect(operator.arm('test')).rejects.toThrow(/a-003.firstphaseamplitudemicroamps = 30, not 3/i);
    });
  });
});
