// Sessions recorded from an emulated Intan RHX through the whole application: every sample, and what becomes of it when RHX fails.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visitJournal } from '../../analysis/journal/record-visitor.ts';
import { NwbReader } from '../../analysis/nwb/nwb-reader.fixture.ts';
import { DisposableStore } from '../../common/base/disposable.ts';
import type { SourceProblem } from '../../common/contract/source-health.ts';
import { journalFileName } from '../../common/journal/session-documents.ts';
import type { FinishedSession } from '../../main/application/application.ts';
import { madeWord } from '../../main/virtual-rig/rhx/stream-source.ts';
import { VirtualRhx } from '../../main/virtual-rig/rhx/virtual-rhx.ts';
import { type Lab, withLab } from '../support/lab.ts';
import { root } from '../support/run-exocortex.ts';

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
  await cp(join(root, 'experiments', 'intan-rhx'), folder, { recursive: true });
  const file = join(folder, 'experiment.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text
      .replace('commandPort: 5000', `commandPort: ${rhx.commandPort}`)
      .replace('../../resources', join(root, 'resources')),
  );
  return { rhx, file };
}

async function record({ operator }: Lab, file: string, seconds: number): Promise<void> {
  await operator.connect(file, 'real-time');
  await operator.give('run.start', { operator: 'test' });
  await operator.until(({ session }) => session.elapsedSeconds >= seconds, 20, 'the recording');
}

/** Each sample of the NWB file against what the emulation sends at its number. @returns samples of the recording */
async function expectEverySample({ folder: session, nwb }: FinishedSession): Promise<number> {
  const numbers: number[] = [];
  const faults: string[] = [];
  await visitJournal(join(session, journalFileName), [
    {
      block: ({ firstSample, sampleCount }) => {
        for (let index = 0; index < sampleCount; index++) numbers.push(firstSample + index);
      },
      fault: ({ message }) => faults.push(message),
    },
  ]);
  const reader = store.add(new NwbReader(nwb ?? ''));
  expect(reader.shape('/acquisition/raw/data'), faults.join('\n')).toEqual([numbers.length, channels]);
  const values = reader.numbers('/acquisition/raw/data');
  const wrong = values.findIndex(
    (value, index) => value !== madeWord(numbers[Math.floor(index / channels)]!, index % channels) - 32_768,
  );
  expect(wrong).toBe(-1);
  return numbers.length;
}

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
      expect(await expectEverySample(session)).toBeGreaterThanOrEqual(2 * 30_000);
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
      const samples = await expectEverySample(session);
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
      await expectEverySample(session);
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
});
