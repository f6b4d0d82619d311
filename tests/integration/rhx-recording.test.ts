// Sessions recorded from an emulated Intan RHX through the whole application: every sample, and what becomes of it when RHX fails.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import type { SourceProblem } from '../../common/contract/source-health.ts';
import type { FinishedSession } from '../../main/application/finish-session.ts';
import { madeOhms } from '../../main/virtual-rig/rhx/impedance-values.ts';
import { madeWord } from '../../main/virtual-rig/rhx/stream-source.ts';
import { VirtualRhx } from '../../main/virtual-rig/rhx/virtual-rhx.ts';
import { copyExperiment } from '../support/experiment-copy.ts';
import { withLab } from '../support/lab.ts';
import { expectEverySample, record } from '../support/recorded-source.ts';

let store = new DisposableStore();
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exocortex-rhx-'));
});
afterEach(async () => {
  store.dispose();
  store = new DisposableStore();
  await rm(folder, { recursive: true, force: true });
});

const channels = 32;

/** The shipped experiment on an emulated RHD controller of its own. */
async function begin(): Promise<{ rhx: VirtualRhx; file: string }> {
  const controller = { isStimulator: false, sampleRateHz: 30_000, amplifiers: [channels], stepMicroamps: 1 };
  const rhx = store.add(await VirtualRhx.start(controller));
  const file = await copyExperiment('intan-rhx', folder, (text) =>
    text.replace('commandPort: 5000', `commandPort: ${rhx.commandPort}`),
  );
  return { rhx, file };
}

const expectAll = (session: FinishedSession) =>
  expectEverySample(session, channels, (sample, channel) => madeWord(sample, channel) - 32_768, store);

describe('a session on Intan RHX', () => {
  it('is recorded without a stimulator, and each sample is in the NWB file', { timeout: 60_000 }, async () => {
    const { rhx, file } = await begin();
    await withLab(async (lab) => {
      const { operator, finished } = lab;
      await record(lab, file, 2);
      const { source, interlock } = operator.status!;
      expect(source).toMatchObject({ kind: 'intan-rhx', channels, sampleRateHz: 30_000, samplesLost: 0 });
      expect(source.health).toMatchObject({ droppedSamples: 0, problems: [] });
      expect(interlock).toMatchObject({ state: 'safe', hasStimulator: false, isOutputOn: false, furtherCauses: [] });
      await expect(operator.give('arm.request', { operator: 'test' })).rejects.toThrow('this experiment only records');
      await operator.give('run.end', {});
      const session = await finished;
      expect(session.summary).toMatchObject({ source: 'intan-rhx', complete: true, samplesLost: 0, isArmed: false });
      expect(await expectAll(session)).toBeGreaterThanOrEqual(2 * 30_000);
      await operator.give('rig.disconnect', {});
      await operator.until(({ session: { stage } }) => stage === 'idle', 5, 'the end');
    });
    expect(rhx.runMode).toBe('Stop');
  });

  it.each([
    ['is stopped', (rhx: VirtualRhx) => rhx.clickStop(), 'RHX stopped by itself'],
    ['is closed', (rhx: VirtualRhx) => rhx.crash(), 'RHX closed'],
  ])('ends with a named fault and all that came before when RHX %s', { timeout: 60_000 }, async (_, fail, words) => {
    const { rhx, file } = await begin();
    await withLab(async (lab) => {
      await record(lab, file, 1);
      fail(rhx);
      const session = await lab.finished;
      expect(session.summary).toMatchObject({ reason: 'fault', samplesLost: 0 });
      expect(lab.operator.status?.interlock.firstCause?.code).toBe('source-closed');
      expect(lab.operator.status?.source.closedReason).toContain(words);
      // Whole blocks of RHX from the first recorded sample on, to the last that came.
      const samples = await expectAll(session);
      expect(samples).toBeGreaterThanOrEqual(30_000);
    });
  });

  it('names the silence of RHX, and records on when it speaks again', { timeout: 60_000 }, async () => {
    const { rhx, file } = await begin();
    await withLab(async (lab) => {
      const { operator, finished, messages } = lab;
      await record(lab, file, 1);
      rhx.faults.isHolding = true;
      const isSilent = ({ code }: SourceProblem) => code === 'silence';
      await operator.until(({ source }) => source.health?.problems.some(isSilent) ?? false, 4, 'the finding');
      rhx.faults.isHolding = false;
      await operator.until(({ source }) => source.health?.problems.length === 0, 10, 'the end of the silence');
      await operator.give('run.end', {});
      const session = await finished;
      expect(session.summary).toMatchObject({ complete: true, samplesLost: 0, trips: 0 });
      expect(messages.join()).toContain('The source has sent no data for 5');
      await expectAll(session);
    });
  });

  it('is refused with the clicks that it needs when nobody clicked Connect, or RHX has another controller', async () => {
    const { rhx, file } = await begin();
    const text = await readFile(file, 'utf8');
    await withLab(async ({ operator }) => {
      await writeFile(file, text.replace('controller: rhd', 'controller: rhs').replace('channels: 32', 'channels: 16'));
      const connecting = operator.give('rig.connect', { file });
      await expect(connecting).rejects.toThrow(/another controller.*rhd.*32 channels on port A.*Rescan Ports/s);
      // Whoever leaves closes the port of the commands.
      await writeFile(file, text);
      await expect(operator.give('rig.connect', { file })).rejects.toThrow(
        'Network → Remote TCP Control and click Connect',
      );
      await rhx.clickConnect();
      await operator.give('rig.connect', { file });
    });
  });

  it('gives the impedances of its electrodes before it is connected, and not while it is', async () => {
    const { rhx, file } = await begin();
    await withLab(async ({ operator }) => {
      const { frequencyHz, electrodes } = await operator.give('source.measureImpedances', { file });
      expect(frequencyHz).toBe(1000);
      expect(electrodes.map(({ ohms }) => ohms)).toEqual(
        Array.from({ length: channels }, (_, index) => madeOhms(index)),
      );
      await rhx.clickConnect();
      await operator.give('rig.connect', { file });
      await expect(operator.give('source.measureImpedances', { file })).rejects.toThrow('a source is connected');
    });
  });
});
