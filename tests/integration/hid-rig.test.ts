// Sessions on a HID rig through the whole application; the board's core is a program in the place of node-hid and USB.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NwbReader } from '../../analysis/nwb/nwb-reader.fixture.ts';
import { DisposableStore } from '../../common/base/disposable.ts';
import type { FaultCode } from '../../common/contract/faults.ts';
import type { HidFaultCode } from '../../common/contract/hid-rigs.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import { buildHostBoard } from '../../scripts/build-firmware.mjs';
import { hidExperiment } from '../support/hid-experiment.ts';
import { isTripped, type Lab, withLab } from '../support/lab.ts';
import { boardToken, PluggedBoards } from '../support/plugged-boards.ts';

const timeout = 120_000;
const built = buildHostBoard();
if ('reason' in built) console.warn(`Sessions on a HID rig are not tested: ${built.reason}.`);

let folder = '';
let boards: PluggedBoards;
let owned: DisposableStore;
beforeEach(() => {
  owned = new DisposableStore();
  folder = mkdtempSync(join(tmpdir(), 'exocortex-hid-rig-'));
  boards = new PluggedBoards('path' in built ? built.path : '');
});
afterEach(async () => {
  owned.dispose();
  await boards.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const settings = { hidRigs: [{ serialNumber: 'rig-1', token: boardToken }] };

/** A line that stands still may first be seen by a pulse that is not answered, or a lease that nobody renews. */
const causesOf = ({ firstCause, furtherCauses }: RigStatus['interlock']) => [
  ...(firstCause === undefined ? [] : [firstCause]),
  ...furtherCauses,
];

describe.runIf('path' in built)('a session on a HID rig', () => {
  it('is set up, armed, recorded and stimulated as one on a virtual rig', { timeout }, async () => {
    const plugged = await boards.plug('rig-1');
    const experiment = hidExperiment(folder, { 'digitalOutputs: 0': 'digitalOutputs: 5' });
    await withLab(
      async ({ operator, stimulate, finished }) => {
        await stimulate(experiment);
        expect(operator.status!.source).toMatchObject({ kind: 'hid-rig', channels: 16, sampleRateHz: 8000 });
        // The emulated board's inputs are wired to its outputs.
        expect(operator.status!.digitalInputs).toEqual([{ line: 1, name: 'trigger', isHigh: true, changes: 0 }]);
        await operator.give('run.end', {});
        const { summary, nwb } = await finished;
        const file = owned.add(new NwbReader(nwb ?? ''));
        expect(file.numbers('/acquisition/digital_input_trigger/data')).toEqual([1]);
        expect(file.numbers('/acquisition/digital_input_trigger/timestamps')).toEqual([0]);
        expect(summary).toMatchObject({
          source: 'hid-rig',
          reason: 'completed',
          trips: 0,
          samplesLost: 0,
          channels: 16,
        });
        expect(summary!.device).toContain('Emulated HID rig');
        expect(summary!.deliveries).toBeGreaterThanOrEqual(3);
        expect(summary!.journal).toMatchObject({ tornBytes: 0, framesLost: 0 });
        await operator.give('rig.disconnect', {});
        // The board is free again: its threads have closed it.
        await operator.connect(experiment, 'real-time');
        const checks = (await operator.give('arm.request', { operator: 'test' })).checks;
        expect(checks.find(({ check }) => check === 'stimulator rig-1')).toMatchObject({ isPassed: true });
      },
      { boards: [plugged], settings },
    );
    expect(plugged.board.words).toBe('');
  });

  const hazards: [hazard: string, command: string, code: FaultCode, line?: HidFaultCode][] = [
    ['H14: is unplugged', 'unplug', 'source-closed', 'unplugged'],
    ['H15: takes no reports', 'hold 2000', 'source-closed', 'write-stalled'],
    ['H18: sends damaged reports', 'damage 100', 'source-closed', 'damaged-reports'],
    ['H24: floods its line', 'flood 300000', 'source-closed', 'flooded'],
    ['H11: lies in an acknowledgement', 'lie 1', 'wrong-acknowledgement'],
    ['has its emergency stop pressed', 'press 1', 'emergency-stop'],
  ];
  it.each(hazards)(
    'that %s while it stimulates: trips by name, and keeps what was recorded',
    { timeout },
    async (_, command, code, line) => {
      // An acknowledgement fits into one of its reports, as it must for a lie.
      const plugged = await boards.plug('rig-1', 128);
      await withLab(
        async ({ operator, stimulate, finished }) => {
          await stimulate(hidExperiment(folder));
          const { deliveries } = operator.status!.counters;
          plugged.board.command(command);
          await operator.until(isTripped, 10, 'the trip');
          if (line !== undefined)
            await operator.until(({ interlock }) => causesOf(interlock).some((cause) => cause.line === line), 10, line);
          expect(causesOf(operator.status!.interlock).map((cause) => cause.code)).toContain(code);
          if (line === undefined) await operator.give('run.end', {});
          const { summary, nwb } = await finished;
          expect(summary).toMatchObject({ reason: line === undefined ? 'completed' : 'fault', trips: 1 });
          expect(summary!.faults.map((fault) => fault.code)).toContain(code);
          expect(summary!.deliveries).toBeGreaterThanOrEqual(deliveries);
          expect(summary!.journal).toMatchObject({ tornBytes: 0, framesLost: 0 });
          expect(nwb).toBeDefined();
        },
        { boards: [plugged], settings },
      );
    },
  );
});

describe.runIf('path' in built)('a HID rig that cannot be used', () => {
  /** @returns what connecting the experiment is answered with */
  async function refusal(
    { operator }: Lab,
    experiment: string,
    pacing: 'real-time' | 'fast' = 'real-time',
  ): Promise<string> {
    return operator.give('rig.connect', { file: experiment, pacing }).then(
      () => 'connected',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  }

  it(
    'is refused in a sentence: absent, twice there, without a token, of another shape, or faster than time',
    { timeout },
    async () => {
      const right = await boards.plug('rig-1');
      const doubled = [await boards.plug('double'), await boards.plug('double')];
      const names = [
        ...settings.hidRigs,
        ...['double', 'away'].map((serialNumber) => ({ serialNumber, token: boardToken })),
      ];
      await withLab(
        async (lab) => {
          const asked = (change: Record<string, string>) => refusal(lab, hidExperiment(folder, change));
          expect(await asked({ 'rig-1': 'away' })).toContain(
            'no HID rig with serial number away (connected: rig-1, double, double)',
          );
          expect(await asked({ 'rig-1': 'double' })).toContain(
            '2 HID rigs have serial number double: unplug all but the one',
          );
          expect(await asked({ 'rig-1': 'new' })).toContain('no token of HID rig new');
          expect(await asked({ 'channels: 16': 'channels: 13' })).toContain('number of electrodes is 16, and not 13');
          expect(await asked({ 'sampleRateHz: 8000': 'sampleRateHz: 40000' })).toContain(
            'the device has not set sampleRateHz to 40000: it is 8000',
          );
          expect(await refusal(lab, hidExperiment(folder), 'fast')).toContain('real time');
          expect(await refusal(lab, hidExperiment(folder))).toBe('connected');
        },
        { boards: [right, ...doubled], settings: { hidRigs: names } },
      );
    },
  );

  it('is refused with another token', { timeout }, async () => {
    const plugged = await boards.plug('rig-1');
    const hidRigs = [{ serialNumber: 'rig-1', token: 'not the token of this rig' }];
    await withLab(async (lab) => expect(await refusal(lab, hidExperiment(folder))).toContain('token'), {
      boards: [plugged],
      settings: { hidRigs },
    });
  });
});
