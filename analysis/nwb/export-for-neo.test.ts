import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sessionFixture } from '../journal/session.fixture.ts';
import { ExportBench } from './export-bench.fixture.ts';

let bench: ExportBench;
beforeEach(() => (bench = new ExportBench()));
afterEach(() => bench.dispose());

const isForNeo = true;
const raw = '/acquisition/raw';
const electrical = '/processing/ecephys/raw';

describe('an NWB file for python-neo', () => {
  it('has the samples in microvolts of single precision, with a conversion that is a prefix of a unit', async () => {
    const session = sessionFixture({ ticks: 850 });
    const nwb = await bench.exported(session, { isForNeo });
    expect(nwb.shape(`${raw}/data`)).toEqual([17_000, 16]);
    expect(nwb.dtype(`${raw}/data`)).toBe('<f');
    const { microvoltsPerBit } = session.opening;
    const bits = session.blocks.flatMap((block) => [...block.samples]);
    const stored = nwb.numbers(`${raw}/data`);
    expect(stored.findIndex((value, index) => value !== Math.fround(bits[index]! * microvoltsPerBit))).toBe(-1);
    expect(nwb.attribute(`${raw}/data`, 'unit')).toBe('volts');
    expect(nwb.attribute(`${raw}/data`, 'conversion')).toBe(1e-6);
    expect(nwb.attribute(`${raw}/data`, 'offset')).toBe(0);
    expect(nwb.attribute(raw, 'description')).toContain('a step of the device is 0.195 µV');
    expect(nwb.attribute(`${raw}/starting_time`, 'rate')).toBe(20_000);
  });

  it('is a file beside the one of the session, which stays as it is', async () => {
    await bench.exported(sessionFixture({ ticks: 30 }), { isForNeo });
    expect(existsSync(join(bench.folder, 'session-neo.nwb'))).toBe(true);
    expect(existsSync(join(bench.folder, 'session.nwb'))).toBe(false);
  });

  it('has no series of electrodes among those that neo opens: one elsewhere leads to the same samples', async () => {
    const nwb = await bench.exported(sessionFixture({ ticks: 600 }), { isForNeo });
    const opened = nwb.objects.filter(({ path }) => /^\/(acquisition|stimulus)\//.test(path));
    expect(opened.map(({ type }) => type)).not.toContain('ElectricalSeries');
    expect(nwb.attribute(raw, 'neurodata_type')).toBe('TimeSeries');
    expect(nwb.attribute(electrical, 'neurodata_type')).toBe('ElectricalSeries');
    expect(nwb.link(`${electrical}/data`)).toBe(`${raw}/data`);
    expect(nwb.attribute(`${electrical}/starting_time`, 'rate')).toBe(20_000);
    expect(nwb.numbers(`${electrical}/electrodes`)).toEqual(Array.from({ length: 16 }, (_, channel) => channel));
    expect(nwb.referred(`${electrical}/electrodes`, 'table')).toBe('/general/extracellular_ephys/electrodes');
  });

  it('has the times of samples once when some were lost', async () => {
    const nwb = await bench.exported(sessionFixture({ ticks: 900, gapAtTick: 500 }), { isForNeo });
    expect(nwb.shape(`${raw}/timestamps`)).toEqual([18_000]);
    expect(nwb.link(`${electrical}/timestamps`)).toBe(`${raw}/timestamps`);
    expect(nwb.has(`${electrical}/starting_time`)).toBe(false);
    expect(nwb.has('/intervals/invalid_times')).toBe(true);
  });

  it('says when each row of units was observed, and tags each phase with its name', async () => {
    const nwb = await bench.exported(sessionFixture({ ticks: 900, gapAtTick: 500, lostSamples: 130 }), { isForNeo });
    expect(nwb.attribute('/units', 'colnames')).toContain('obs_intervals');
    expect(nwb.shape('/units/obs_intervals')).toEqual([16, 2]);
    const end = (900 * 20 + 130) / 20_000;
    expect(nwb.numbers('/units/obs_intervals')).toEqual(Array.from({ length: 16 }, () => [0, end]).flat());
    expect(nwb.numbers('/units/obs_intervals_index')).toEqual(Array.from({ length: 16 }, (_, row) => row + 1));
    expect(nwb.attribute('/intervals/epochs', 'colnames')).toContain('tags');
    expect(nwb.texts('/intervals/epochs/tags')).toEqual(nwb.texts('/intervals/epochs/phase'));
    expect(nwb.numbers('/intervals/epochs/tags_index')).toEqual([1, 2]);
  });

  it('observes spikes, too, whose samples the journal has lost', async () => {
    const session = sessionFixture({ ticks: 700, isClosed: false });
    const zero = session.blocks[0]!.firstSample;
    const spikesOf = (sampleIndex: number) =>
      session.journal.spikes(1100, [{ sampleIndex, channel: 3, amplitudeMicrovolts: -60 }]);
    spikesOf(zero - 20);
    spikesOf(zero + 700 * 20 + 40);
    const nwb = await bench.exported(session, { isForNeo });
    expect(nwb.numbers('/units/obs_intervals').slice(0, 2)).toEqual([-20 / 20_000, (700 * 20 + 40) / 20_000]);
  });

  it('has no keywords, which every other file has, nor anything else that only neo needs there', async () => {
    const session = sessionFixture({ ticks: 600 });
    const forNeo = await bench.exported(session, { isForNeo });
    expect(forNeo.has('/general/keywords')).toBe(false);
    expect(forNeo.attribute('/general/source_script', 'file_name')).toBe('exocortex export --for neo');
    const usual = await bench.exported(session);
    expect(usual.texts('/general/keywords')).toHaveLength(4);
    expect(usual.attribute(raw, 'neurodata_type')).toBe('ElectricalSeries');
    for (const path of ['/processing/ecephys', '/units/obs_intervals', '/intervals/epochs/tags'])
      expect([path, usual.has(path)]).toEqual([path, false]);
  });

  it('is written for a session that was killed before its first sample', async () => {
    const nwb = await bench.exported(sessionFixture({ ticks: 0, isClosed: false }), { isForNeo });
    expect(nwb.has(raw)).toBe(false);
    expect(nwb.has('/processing/ecephys')).toBe(false);
  });
});
