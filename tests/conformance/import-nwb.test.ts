// NWB files of this program and made ones, and damage of every kind.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportNwb } from '../../analysis/nwb/export-nwb.ts';
import { importRecording } from '../../analysis/import/import-recording.ts';
import { visitJournal } from '../../analysis/journal/record-visitor.ts';
import { sessionFixture, writeSessionFixture } from '../../analysis/journal/session.fixture.ts';
import { makeNwb, type NwbOptions } from '../support/import/make-nwb.ts';
import { placeFiles } from '../support/import/made-recording.ts';
import { expectAsMade, fuzzReader, readMade } from '../support/import/read-recording.ts';

describe('importing NWB files', () => {
  it.each<NwbOptions>([{}, { type: 'int32' }, { type: 'float32' }, { channels: 1 }, { lost: 0 }])(
    'gives samples, spikes and intervals of %j',
    async (options) => {
      const { reader } = await expectAsMade(await makeNwb(options));
      expect(reader).toMatchObject({ format: 'NWB 2.7.0', startedAt: '2026-03-04T05:06:07.000000+01:00', notes: [] });
    },
  );

  it('says where samples are missing, and places what comes after', async () => {
    const made = await makeNwb({ lost: 30 });
    const { reader, events } = await readMade(made);
    expect(reader.notes).toEqual([expect.stringContaining('jump from 99 to 130 before sample 100')]);
    expect(events).toEqual(made.events);
  });

  it('gives back what a session had recorded', async () => {
    const folder = placeFiles({});
    const session = join(folder.path, 'session');
    writeSessionFixture(session, sessionFixture({ ticks: 200 }));
    const { nwbFile } = await exportNwb({ folder: session, nwbFile: join(folder.path, 'session.nwb') });
    const report = await importRecording({ path: nwbFile, folder: join(folder.path, 'out') });
    const recorded: number[] = [];
    await visitJournal(join(session, 'journal.exj'), [{ block: (_, samples) => recorded.push(...samples) }]);
    const bytes = readFileSync(join(folder.path, 'out', 'recording.int16le.dat'));
    expect(Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(2 * index))).toEqual(recorded);
    expect(report).toMatchObject({ format: 'NWB 2.7.0', channels: 16, sampleCount: recorded.length / 16, slips: null });
    folder.dispose();
  });

  it('asks for the name of one of several series', async () => {
    const made = await makeNwb({ hasSecond: true });
    await expect(readMade(made)).rejects.toMatchObject({
      message: expect.stringContaining('holds 2 streams'),
      cure: expect.stringContaining('"/acquisition/raw", "/acquisition/second"'),
    });
    expect((await readMade({ ...made, stream: '/acquisition/second' })).samples).toEqual(made.samples);
  });

  it.each<[NwbOptions, string]>([
    [{ unit: 'amperes' }, 'its unit is "amperes", where NWB has volts'],
    [{ conversion: 0 }, 'its attribute conversion is 0'],
  ])('refuses %j', async (options, message) => {
    await expect(readMade(await makeNwb(options))).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });

  it('refuses what is no HDF5 file, and one that is cut off', async () => {
    const made = await makeNwb();
    const text = { 'x.nwb': Buffer.from('nothing of the kind') };
    await expect(readMade({ ...made, files: text })).rejects.toMatchObject({
      message: expect.stringContaining('byte 0: does not begin as an HDF5 file does'),
    });
    const cut = { 'x.nwb': made.files['x.nwb']!.subarray(0, 5000) };
    await expect(readMade({ ...made, files: cut })).rejects.toMatchObject({
      message: expect.stringMatching(/x\.nwb, at \/: HDF5 cannot read this \(.*trunc/i),
    });
  });

  it('gives an error or samples, however it is damaged', async () => {
    await fuzzReader(await makeNwb({ samples: 200 }), [], 120);
  });
});
