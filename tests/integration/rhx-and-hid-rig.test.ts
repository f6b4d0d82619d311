// Sessions on two devices through the whole application: an emulated RHX records, the board's core stimulates, and a wire carries the sync pulses.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visitJournal } from '../../analysis/journal/record-visitor.ts';
import { NwbReader } from '../../analysis/nwb/nwb-reader.fixture.ts';
import { DisposableStore } from '../../common/base/disposable.ts';
import type { ClockSyncStatus } from '../../common/contract/clock-sync.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import { journalFileName } from '../../common/journal/session-documents.ts';
import { ada, bob, signedFile, siteLimits } from '../../main/experiment/site/site-file.fixture.ts';
import { enrolKey } from '../../main/experiment/site/trusted-keys.ts';
import { madeWord } from '../../main/virtual-rig/rhx/stream-source.ts';
import { VirtualRhx } from '../../main/virtual-rig/rhx/virtual-rhx.ts';
import { buildHostBoard } from '../../scripts/build-firmware.mjs';
import { copyExperiment } from '../support/experiment-copy.ts';
import { isTripped, type Lab, TooBusy, withLab } from '../support/lab.ts';
import { boardToken, type PluggedBoard, PluggedBoards } from '../support/plugged-boards.ts';
import { plugSyncCable } from '../support/sync-cable.ts';

const timeout = 120_000;
const channels = 32;
const built = buildHostBoard();
if ('reason' in built) console.warn(`Sessions on two devices are not tested: ${built.reason}.`);

let store = new DisposableStore();
let folder = '';
let boards: PluggedBoards;
let rhx: VirtualRhx;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-two-devices-'));
  boards = new PluggedBoards('path' in built ? built.path : '');
});
afterEach(async () => {
  store.dispose();
  store = new DisposableStore();
  rhx.dispose();
  await boards.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const settings = { hidRigs: [{ serialNumber: 'rig-1', token: boardToken }] };

/** Noise, and spikes of 150 µV on each electrode in turn, ten in a second; the same for the same sample. */
function tissueWord(sample: number, column: number): number {
  const noise = (madeWord(sample, column) >>> 10) - 32;
  const isSpike = (sample + column * 499) % 3000 < 12;
  return 32_768 + noise - (isSpike ? 770 : 0);
}

/** An RHX of its own with tissue in it, that hands samples on at once: enough ticks are in time on a computer that has other things to do. */
async function startRhx(): Promise<void> {
  const controller = { isStimulator: false, sampleRateHz: 30_000, amplifiers: [channels], stepMicroamps: 1 };
  rhx = await VirtualRhx.start({ ...controller, isPrompt: true, wordAt: tissueWord });
}

/** The shipped experiment, as tolerant as the bench can be, and with a site file that lets data of 20 ms stimulate. */
async function experiment({ station }: Lab): Promise<string> {
  for (const { name, role, publicKey } of [ada, bob]) await enrolKey(station, { name, role, publicKey });
  const file = await copyExperiment('rhx-and-hid-rig', folder, (text) =>
    text
      .replace('commandPort: 5000', `commandPort: ${rhx.commandPort}`)
      .replace('deadlineMilliseconds: 10', 'deadlineMilliseconds: 15')
      .replace('# siteFile:', 'siteFile:')
      .replace('seconds: 5', 'seconds: 1'),
  );
  const site = siteLimits({
    profile: 'bench',
    probeSerial: 'rig-1',
    notAfter: '2999-12-31',
    electrodeGroups: [{ electrodes: [3, 12], areaSquareMicrometres: 707, material: 'dummy-load' }],
    timing: { dataAgeMaxMilliseconds: 20 },
  });
  writeFileSync(join(folder, 'site.json'), signedFile(site, ada, bob));
  const limits = join(folder, 'limits.yaml');
  writeFileSync(
    limits,
    readFileSync(limits, 'utf8')
      .replace('dataAgeMaxMilliseconds: 10', 'dataAgeMaxMilliseconds: 20')
      .replace('dataAgeToTripMilliseconds: 500', 'dataAgeToTripMilliseconds: 1000')
      .replace('beatMaxMilliseconds: 300', 'beatMaxMilliseconds: 400'),
  );
  return file;
}

const causesOf = ({ firstCause, furtherCauses }: RigStatus['interlock']) =>
  [...(firstCause === undefined ? [] : [firstCause]), ...furtherCauses].map(({ code }) => code);

const inLab = (plugged: PluggedBoard, body: (lab: Lab) => Promise<void>) =>
  withLab(body, { boards: [plugged], settings });

describe.runIf('path' in built)('a session that RHX records and a HID rig stimulates', () => {
  it(
    'is armed only with aligned clocks, gives pulses at samples of RHX, and trips when the wire is gone',
    { timeout },
    async () => {
      const plugged = await boards.plug('rig-1');
      await inLab(plugged, async (lab) => {
        const { operator, finished } = lab;
        await startRhx();
        rhx.setDigitalInputs(0, performance.now());
        const file = await experiment(lab);
        await operator.give('live.subscribe', { signal: 'band' });
        await operator.give('rig.connect', { file, pacing: 'real-time' });
        await expect(operator.arm('test')).rejects.toThrow(
          /clocks of source and stimulator \(the board has given \d+ sync pulses, the source has seen 0/,
        );
        const unplug = plugSyncCable(plugged.board, 0, rhx, 1);
        await operator.until(({ clockSync }) => clockSync?.isAligned === true, 30, 'the alignment of the clocks');
        await lab.begin();
        const { source, interlock, clockSync, health } = operator.status!;
        expect(source).toMatchObject({ kind: 'intan-rhx', channels, samplesLost: 0 });
        expect(interlock).toMatchObject({ hasStimulator: true, isOutputOn: true });
        expect(clockSync!.fit!.residualMicroseconds).toBeLessThan(1000);
        expect(health!.readings.map(({ measure }) => measure)).toContain('sync-residual');
        // Whatever a busy computer makes of further pulses.
        await operator.give('population.pause', {});
        unplug();
        await operator.until(isTripped, 15, 'the trip');
        const cause = operator.status!.interlock.firstCause!;
        // An RHX that shares the computer with everything else is silent now and then.
        if (cause.code === 'source-closed') throw new TooBusy(cause.message);
        expect(cause.code).toBe('sync-lost');
        await operator.until((status) => status.interlock.isOutputOn === false, 5, 'the end of the output');
        await operator.give('run.end', {});
        const { folder: session, summary, nwb } = await finished;
        const reader = store.add(new NwbReader(nwb ?? ''));
        expect(reader.has('/acquisition/clock_alignment')).toBe(true);
        expect(summary).toMatchObject({ source: 'intan-rhx', trips: 1, samplesLost: 0 });
        await expectPulsesAtTheirSamples(session);
      });
    },
  );

  const losses: [what: string, lose: (plugged: PluggedBoard) => void][] = [
    ['RHX stops', () => rhx.clickStop()],
    ['the board is unplugged', ({ board }) => board.command('unplug')],
  ];
  it.each(losses)('trips and ends its output when %s', { timeout }, async (_, lose) => {
    const plugged = await boards.plug('rig-1');
    await inLab(plugged, async (lab) => {
      await startRhx();
      plugSyncCable(plugged.board, 0, rhx, 1);
      await lab.stimulate(await experiment(lab));
      const { operator } = lab;
      await operator.give('population.pause', {});
      lose(plugged);
      // A source that is silent may be found by the watchdog first.
      const isFound = (status: RigStatus) => isTripped(status) && causesOf(status.interlock).includes('source-closed');
      await operator.until(isFound, 10, 'the trip');
      // What is unplugged is not heard any more.
      await operator.until((status) => status.interlock.isOutputOn !== true, 5, 'the end of the output');
      const { summary } = await lab.finished;
      expect(summary).toMatchObject({ reason: 'fault', trips: 1 });
      expect(summary!.deliveries).toBeGreaterThanOrEqual(3);
    });
  });
});

/** A pulse is in the recording where it was given: by the arrival of its acknowledgement, some milliseconds later. */
async function expectPulsesAtTheirSamples(session: string): Promise<void> {
  const blocks: { last: number; acquiredNs: number }[] = [];
  const deliveries: { sampleIndex: number; receivedNs: number; electrode: number }[] = [];
  const clocks: ClockSyncStatus[] = [];
  await visitJournal(join(session, journalFileName), [
    {
      block: ({ firstSample, sampleCount, acquiredNs }) =>
        blocks.push({ last: firstSample + sampleCount - 1, acquiredNs }),
      delivery: ({ sampleIndex, receivedNs, electrode }) => deliveries.push({ sampleIndex, receivedNs, electrode }),
      clockSync: (status) => clocks.push(status),
    },
  ]);
  expect(deliveries.length).toBeGreaterThanOrEqual(3);
  for (const { sampleIndex, receivedNs, electrode } of deliveries) {
    expect([3, 12]).toContain(electrode);
    const block = blocks.findLast(({ acquiredNs }) => acquiredNs <= receivedNs)!;
    const expected = block.last + ((receivedNs - block.acquiredNs) / 1e9) * 30_000;
    expect(Math.abs(sampleIndex - expected)).toBeLessThan(0.05 * 30_000);
  }
  expect(clocks[0]).toMatchObject({ isAligned: true });
  expect(clocks.at(-1)).toMatchObject({ isAligned: false });
}
