import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sessionFixture, writeSessionFixture } from '../journal/session.fixture.ts';
import { ExportBench } from './export-bench.fixture.ts';
import { exportNwb } from './export-nwb.ts';
import type { NwbReader } from './nwb-reader.fixture.ts';

let bench: ExportBench;
beforeEach(() => (bench = new ExportBench()));
afterEach(() => bench.dispose());

describe('an exported NWB file', () => {
  it('has a type, a namespace and an identifier of its own on every object', async () => {
    const nwb = await bench.exported(sessionFixture({ ticks: 600, gapAtTick: 400 }));
    const { objects } = nwb;
    const typeAt = Object.fromEntries(objects.map(({ path, type }) => [path, type]));
    expect(typeAt).toMatchObject({
      '/': 'NWBFile',
      '/acquisition/raw': 'ElectricalSeries',
      '/acquisition/raw/electrodes': 'DynamicTableRegion',
      '/acquisition/faults': 'AnnotationSeries',
      '/acquisition/rig_health': 'AnnotationSeries',
      '/acquisition/operator_marks': 'AnnotationSeries',
      '/acquisition/interlock_transitions': 'AnnotationSeries',
      '/general/subject': 'Subject',
      '/general/devices/virtual': 'Device',
      '/general/extracellular_ephys/array': 'ElectrodeGroup',
      '/general/extracellular_ephys/electrodes': 'DynamicTable',
      '/general/extracellular_ephys/electrodes/id': 'ElementIdentifiers',
      '/general/extracellular_ephys/electrodes/location': 'VectorData',
      '/intervals/epochs': 'TimeIntervals',
      '/intervals/invalid_times': 'TimeIntervals',
      '/intervals/refused_requests': 'TimeIntervals',
      '/intervals/stimulation_pulses': 'TimeIntervals',
      '/processing/closed_loop': 'ProcessingModule',
      '/processing/closed_loop/loop_latency': 'TimeSeries',
      '/processing/simulated_population': 'ProcessingModule',
      '/processing/simulated_population/neurons': 'DynamicTable',
      '/processing/simulated_population/plastic_weights': 'DynamicTable',
      '/stimulus/presentation/delivered_current': 'TimeSeries',
      '/units': 'Units',
      '/units/spike_times': 'VectorData',
      '/units/spike_times_index': 'VectorIndex',
      '/units/electrodes': 'DynamicTableRegion',
    });
    const common = ['DynamicTable', 'ElementIdentifiers', 'VectorData', 'VectorIndex', 'DynamicTableRegion'];
    for (const { path, type, namespace } of objects) {
      expect([path, namespace]).toEqual([path, common.includes(String(type)) ? 'hdmf-common' : 'core']);
    }
    const ids = objects.map(({ id }) => String(id));
    expect(new Set(ids).size).toBe(objects.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('has in every table the columns it names, all with one value per row, and references that lead where they should', async () => {
    const nwb = await bench.exported(sessionFixture({ ticks: 600, gapAtTick: 400 }));
    const tables = nwb.objects.filter(({ type }) => ['DynamicTable', 'TimeIntervals', 'Units'].includes(String(type)));
    expect(tables.length).toBeGreaterThanOrEqual(8);
    for (const { path } of tables) {
      const rows = nwb.shape(`${path}/id`)?.[0];
      const columns = nwb.attribute(path, 'colnames') as string[];
      expect(nwb.attribute(path, 'description')).toBeTruthy();
      for (const column of columns) {
        const index = `${path}/${column}_index`;
        const isRagged = nwb.has(index);
        expect([path, column, nwb.shape(isRagged ? index : `${path}/${column}`)?.[0]]).toEqual([path, column, rows]);
        expect(nwb.attribute(`${path}/${column}`, 'description')).toBeTruthy();
        if (isRagged) expect(nwb.referred(index, 'target')).toBe(`${path}/${column}`);
        if (isRagged) expect(nwb.numbers(index).at(-1)).toBe(nwb.shape(`${path}/${column}`)?.[0]);
      }
      const inGroup = nwb.paths
        .filter((other) => other.startsWith(`${path}/`))
        .map((other) => other.slice(path.length + 1));
      const expected = [
        'id',
        ...columns,
        ...columns.filter((column) => inGroup.includes(`${column}_index`)).map((column) => `${column}_index`),
      ];
      expect(inGroup.toSorted()).toEqual(expected.toSorted());
    }
    for (const region of [
      '/acquisition/raw/electrodes',
      '/units/electrodes',
      '/intervals/stimulation_pulses/electrode',
    ]) {
      expect(nwb.referred(region, 'table')).toBe('/general/extracellular_ephys/electrodes');
    }
    const groups = nwb.referredByRows('/general/extracellular_ephys/electrodes/group');
    expect(groups).toEqual(new Array(16).fill('/general/extracellular_ephys/array'));
    expect(nwb.link('/general/extracellular_ephys/array/device')).toBe('/general/devices/virtual');
  });

  it('is the same when the spikes are gathered in many rounds over the journal', async () => {
    const session = sessionFixture({ ticks: 300 });
    const names = [
      '/units/spike_times',
      '/units/spike_amplitudes',
      '/processing/simulated_population/neurons/spike_times',
    ];
    const read = (nwb: NwbReader) => [
      ...names.map((name) => nwb.ragged(name)),
      nwb.numbers('/acquisition/raw/data'),
      nwb.numbers('/processing/simulated_population/plastic_weights/weights'),
      nwb.texts('/intervals/epochs/phase'),
    ];
    const inOne = read(await bench.exported(session));
    expect(read(await bench.exported(session, { spikesPerRound: 7 }))).toEqual(inOne);
  });

  it('is written for a session that was killed before its first sample', async () => {
    const nwb = await bench.exported(sessionFixture({ ticks: 0, isClosed: false }));
    expect(nwb.has('/acquisition/raw')).toBe(false);
    expect(nwb.has('/units')).toBe(false);
    expect(nwb.has('/processing/simulated_population/neurons')).toBe(true);
  });

  it('holds what the journal had when the export began, even while the journal grows', async () => {
    const session = sessionFixture({ ticks: 120, isClosed: false });
    const { bytes, frameStarts } = session.journal;
    const growAt = frameStarts[250] ?? 0;
    const half = await bench.exported(session, {}, bytes.subarray(0, growAt));
    const read = (nwb: NwbReader) => [
      nwb.shape('/acquisition/raw/data'),
      nwb.ragged('/units/spike_times'),
      nwb.numbers('/units/id'),
    ];
    const expected = read(half);
    const grow = (fraction: number) => {
      if (fraction >= 0.1) writeSessionFixture(bench.folder, session);
    };
    expect(read(await bench.exported(session, { onProgress: grow }, bytes.subarray(0, growAt)))).toEqual(expected);
    expect(readFileSync(join(bench.folder, 'journal.exj')).length).toBe(bytes.length);
  });

  it('leaves no file, and an older one as it was, when it is cancelled', async () => {
    const session = sessionFixture({ ticks: 200 });
    writeSessionFixture(bench.folder, session);
    writeFileSync(join(bench.folder, 'session.nwb'), 'older');
    const stop = new AbortController();
    const onProgress = (fraction: number) => fraction > 0.1 && stop.abort(new Error('no more'));
    await expect(exportNwb({ folder: bench.folder, signal: stop.signal, onProgress })).rejects.toThrow('no more');
    expect(readdirSync(bench.folder).toSorted()).toEqual(['journal.exj', 'session.json', 'session.nwb']);
    const nwb = await bench.exported(session);
    expect(nwb.has('/acquisition/raw')).toBe(true);
  });

  it('says why when it cannot be written', async () => {
    writeSessionFixture(bench.folder, sessionFixture({ ticks: 30 }));
    const missing = join(bench.folder, 'missing', 'a.nwb');
    await expect(exportNwb({ folder: bench.folder, nwbFile: missing })).rejects.toMatchObject({
      message: expect.stringContaining('No such file or directory'),
      cure: expect.stringContaining('free space'),
    });
    mkdirSync(join(bench.folder, 'taken.nwb', 'x'), { recursive: true });
    await expect(exportNwb({ folder: bench.folder, nwbFile: join(bench.folder, 'taken.nwb') })).rejects.toThrow();
    expect(existsSync(join(bench.folder, 'taken.nwb.partial'))).toBe(false);
  });
});
