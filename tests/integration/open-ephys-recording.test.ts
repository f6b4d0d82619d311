// Sessions recorded from an emulated Open Ephys GUI through the whole application: every sample, and what becomes of it when the GUI fails.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import type { FinishedSession } from '../../main/application/finish-session.ts';
import { madeStep } from '../../main/virtual-rig/open-ephys/encode-message.ts';
import { VirtualOpenEphys } from '../../main/virtual-rig/open-ephys/virtual-open-ephys.ts';
import { copyExperiment } from '../support/experiment-copy.ts';
import { withLab } from '../support/lab.ts';
import { expectEverySample, record } from '../support/recorded-source.ts';

let store = new DisposableStore();
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exocortex-open-ephys-'));
});
afterEach(async () => {
  store.dispose();
  store = new DisposableStore();
  await rm(folder, { recursive: true, force: true });
});

const channels = 32;

/** The shipped experiment on an emulated GUI of its own. */
async function begin(): Promise<{ gui: VirtualOpenEphys; file: string }> {
  const sent = Array.from({ length: channels }, (_, channel) => channel);
  const gui = store.add(await VirtualOpenEphys.start({ channels: sent, isAcquiring: false }));
  const file = await copyExperiment('open-ephys', folder, (text) =>
    text.replace('dataPort: 5556', `dataPort: ${gui.dataPort}\n  httpPort: ${gui.httpPort}`),
  );
  return { gui, file };
}

const expectAll = (session: FinishedSession) => expectEverySample(session, channels, madeStep, store);

describe('a session on the Open Ephys GUI', () => {
  it('is recorded without a stimulator, and each sample is in the NWB file', { timeout: 60_000 }, async () => {
    const { gui, file } = await begin();
    await withLab(async (lab) => {
      const { operator, finished } = lab;
      await record(lab, file, 2);
      const { source, interlock } = operator.status!;
      expect(source).toMatchObject({ kind: 'open-ephys', channels, sampleRateHz: 30_000, samplesLost: 0 });
      expect(source.health).toMatchObject({ droppedSamples: 0, problems: [] });
      expect(interlock).toMatchObject({ state: 'safe', hasStimulator: false, isOutputOn: false, furtherCauses: [] });
      await expect(operator.give('arm.request', { operator: 'test' })).rejects.toThrow('this experiment only records');
      await operator.give('run.end', {});
      const session = await finished;
      expect(session.summary).toMatchObject({ source: 'open-ephys', complete: true, samplesLost: 0, isArmed: false });
      expect(await expectAll(session)).toBeGreaterThanOrEqual(2 * 30_000);
      await operator.give('rig.disconnect', {});
      await operator.until(({ session: { stage } }) => stage === 'idle', 5, 'the end');
    });
    // What somebody else may be recording is not ended by us.
    expect(gui.gui.mode).toBe('ACQUIRE');
  });

  it.each([
    ['is started anew', (gui: VirtualOpenEphys) => gui.restart(), 'Acquisition was started anew in the GUI'],
    ['is closed', (gui: VirtualOpenEphys) => gui.dispose(), 'The Open Ephys GUI closed the connection'],
    [
      'gets other channels',
      (gui: VirtualOpenEphys) => (gui.channels = gui.channels.slice(1)),
      'The channels changed during the run',
    ],
  ])(
    'ends with a named fault and all that came before when the GUI %s',
    { timeout: 60_000 },
    async (_, fail, words) => {
      const { gui, file } = await begin();
      await withLab(async (lab) => {
        await record(lab, file, 1);
        fail(gui);
        const session = await lab.finished;
        expect(session.summary).toMatchObject({ reason: 'fault', samplesLost: 0 });
        expect(lab.operator.status?.interlock.firstCause?.code).toBe('source-closed');
        expect(lab.operator.status?.source.closedReason).toContain(words);
        expect(await expectAll(session)).toBeGreaterThanOrEqual(0.95 * 30_000);
      });
    },
  );

  it('counts what the GUI lost, and records on', { timeout: 60_000 }, async () => {
    const { gui, file } = await begin();
    await withLab(async (lab) => {
      const { operator, finished } = lab;
      await record(lab, file, 1);
      gui.faults.lostMessages = 3;
      await operator.until(({ source }) => source.samplesLost > 0, 5, 'the gap');
      await operator.give('run.end', {});
      const session = await finished;
      expect(session.summary?.samplesLost).toBeGreaterThan(0);
      await expectAll(session);
    });
  });

  it('is refused with what to do when the GUI sends something else', async () => {
    const { file } = await begin();
    const text = await readFile(file, 'utf8');
    await withLab(async ({ operator }) => {
      await writeFile(file, text.replace('channels: 32', 'channels: 16'));
      const connecting = operator.give('rig.connect', { file });
      await expect(connecting).rejects.toThrow(/sends 32 channels, the experiment says 16.*in its editor/s);
      await writeFile(file, text.replace(/dataPort: \d+/, 'dataPort: 1024'));
      await expect(operator.give('rig.connect', { file })).rejects.toThrow('put the plugin into the signal chain');
    });
  });
});
