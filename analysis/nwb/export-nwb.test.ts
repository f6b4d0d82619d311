import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionOpening } from '../../common/journal/session-documents.ts';
import { sessionFixture, writeSessionFixture, type SessionFixture } from '../journal/session.fixture.ts';
import { temporaryFolder } from '../journal/temporary-folder.fixture.ts';
import { exportNwb, type ExportNwbOptions } from './export-nwb.ts';
import { NwbReader } from './open-nwb.fixture.ts';
import { isoAfter } from './write-session.ts';

let folder: ReturnType<typeof temporaryFolder>;
let opened: NwbReader | undefined;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => {
  opened?.dispose();
  opened = undefined;
  folder.dispose();
});

async function exported(session: SessionFixture, options: Partial<ExportNwbOptions> = {}): Promise<NwbReader> {
  writeSessionFixture(folder.path, session);
  const { nwbFile, bytes } = await exportNwb({ folder: folder.path, ...options });
  expect(bytes).toBeGreaterThan(0);
  return (opened = new NwbReader(nwbFile));
}

/** First recorded sample of the fixture: time zero. */
const zero = 7000;
const seconds = (sample: number) => (sample - zero) / 20_000;

describe('an exported NWB file', () => {
  it('has a type, a namespace and an identifier of its own on every object', async () => {
    const nwb = await exported(sessionFixture({ ticks: 600, gapAtTick: 400 }));
    const { objects } = nwb;
    const typeAt = Object.fromEntries(objects.map(({ path, type }) => [path, type]));
    expect(typeAt).toMatchObject({
      '/': 'NWBFile',
      '/acquisition/raw': 'ElectricalSeries',
      '/acquisition/raw/electrodes': 'DynamicTableRegion',
      '/acquisition/faults': 'AnnotationSeries',
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
    const nwb = await exported(sessionFixture({ ticks: 600, gapAtTick: 400 }));
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

  it('holds the samples bit for bit, with unit, conversion, start and rate', async () => {
    const session = sessionFixture({ ticks: 1100, channels: 16 });
    const nwb = await exported(session);
    expect(nwb.shape('/acquisition/raw/data')).toEqual([22_000, 16]);
    expect(nwb.dtype('/acquisition/raw/data')).toBe('<h');
    expect(nwb.numbers('/acquisition/raw/data')).toEqual(session.blocks.flatMap(({ samples }) => [...samples]));
    expect(nwb.attribute('/acquisition/raw/data', 'unit')).toBe('volts');
    expect(nwb.attribute('/acquisition/raw/data', 'conversion')).toBeCloseTo(0.195e-6, 15);
    expect(nwb.number('/acquisition/raw/starting_time')).toBe(0);
    expect(nwb.attribute('/acquisition/raw/starting_time', 'rate')).toBe(20_000);
    expect(nwb.attribute('/acquisition/raw/starting_time', 'unit')).toBe('seconds');
    expect(nwb.has('/acquisition/raw/timestamps')).toBe(false);
    expect(nwb.numbers('/acquisition/raw/electrodes')).toEqual(Array.from({ length: 16 }, (_, channel) => channel));
  });

  it('gives each sample its own time when samples were lost, and marks the stretch as invalid', async () => {
    const session = sessionFixture({ ticks: 900, channels: 16, gapAtTick: 500, lostSamples: 130 });
    const nwb = await exported(session);
    expect(nwb.shape('/acquisition/raw/data')).toEqual([18_000, 16]);
    expect(nwb.has('/acquisition/raw/starting_time')).toBe(false);
    const times = session.blocks.flatMap(({ firstSample }) =>
      Array.from({ length: 20 }, (_, sample) => seconds(firstSample + sample)),
    );
    expect(nwb.numbers('/acquisition/raw/timestamps')).toEqual(times);
    expect(nwb.attribute('/acquisition/raw/timestamps', 'unit')).toBe('seconds');
    expect(nwb.numbers('/intervals/invalid_times/start_time')).toEqual([seconds(zero + 10_000)]);
    expect(nwb.numbers('/intervals/invalid_times/stop_time')).toEqual([seconds(zero + 10_130)]);
    expect(nwb.texts('/acquisition/faults/data')).toEqual([
      'samples-lost: 130 samples were lost (first cause of a trip)',
    ]);
    expect(nwb.numbers('/acquisition/faults/timestamps')).toEqual([seconds(zero + 9999)]);
  });

  it('holds every detected spike by electrode and every simulated spike by neuron, apart from each other', async () => {
    const session = sessionFixture({ ticks: 900, gapAtTick: 300 });
    const nwb = await exported(session);
    const onElectrode = (channel: number) => session.spikes.filter((spike) => spike.channel === channel);
    const channels = Array.from({ length: 16 }, (_, channel) => channel);
    expect(nwb.ragged('/units/spike_times')).toEqual(
      channels.map((channel) => onElectrode(channel).map(({ sampleIndex }) => seconds(sampleIndex))),
    );
    expect(nwb.ragged('/units/spike_amplitudes')).toEqual(
      channels.map((channel) => onElectrode(channel).map(({ amplitudeMicrovolts }) => amplitudeMicrovolts * 1e-6)),
    );
    expect(nwb.ragged('/units/electrodes')).toEqual(channels.map((channel) => [channel]));
    expect(nwb.numbers('/units/electrode_channel')).toEqual(channels);
    expect(nwb.attribute('/units/spike_times', 'resolution')).toBe(1 / 20_000);
    expect(nwb.attribute('/units', 'description')).toContain('UNSORTED');

    const neurons = '/processing/simulated_population/neurons';
    const byNeuron = Array.from({ length: 40 }, (_, neuron) =>
      session.simulated.filter((spike) => spike.neuron === neuron),
    );
    expect(nwb.ragged(`${neurons}/spike_times`)).toEqual(
      byNeuron.map((spikes) => spikes.map(({ endSample }) => seconds(endSample))),
    );
    expect(new Set(nwb.texts(`${neurons}/population`))).toEqual(new Set(['cortex']));
    expect(nwb.attribute(neurons, 'description')).toContain('SIMULATED');
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
    const inOne = read(await exported(session));
    opened?.dispose();
    expect(read(await exported(session, { spikesPerRound: 7 }))).toEqual(inOne);
  });

  it.each([{ gapAtTick: -1 }, { gapAtTick: 300 }])(
    'holds latency, lateness and mean weight of each tick in order, $gapAtTick',
    async ({ gapAtTick }) => {
      const session = sessionFixture({ ticks: 700, gapAtTick });
      const nwb = await exported(session);
      const { ticks } = session;
      const latency = '/processing/closed_loop/loop_latency';
      const handling = '/processing/closed_loop/late_handling';
      const weight = '/processing/simulated_population/mean_plastic_weight';
      expect(nwb.numbers(`${latency}/data`)).toEqual(
        ticks.map((tick) => ((tick.deliveredNs || tick.decidedNs || tick.endNs) - tick.acquiredNs) / 1e6),
      );
      expect(nwb.numbers(`${handling}/data`)).toEqual(ticks.map((tick) => tick.handling));
      expect(nwb.numbers(`${weight}/data`)).toEqual(session.meanWeights);
      if (gapAtTick < 0) {
        for (const path of [latency, handling, weight]) {
          expect(nwb.number(`${path}/starting_time`)).toBe(0.001);
          expect(nwb.attribute(`${path}/starting_time`, 'rate')).toBe(1000);
        }
      } else {
        for (const path of [latency, handling, weight]) {
          expect(nwb.numbers(`${path}/timestamps`)).toEqual(ticks.map(({ firstSample }) => seconds(firstSample + 20)));
        }
        expect(nwb.link(`${handling}/timestamps`)).toBe(`${latency}/timestamps`);
      }
      expect(nwb.numbers('/processing/simulated_population/plastic_weights/time')).toEqual(
        [0, 500].map((index) => seconds((ticks[index]?.firstSample ?? 0) + 20)),
      );
      expect(nwb.shape('/processing/simulated_population/plastic_weights/weights')).toEqual([2, 160]);
    },
  );

  it('tells of every pulse what it was, what caused it and what the device answered', async () => {
    const session = sessionFixture({ ticks: 900 });
    const nwb = await exported(session);
    const pulses = '/intervals/stimulation_pulses';
    const { deliveries, requests, ticks } = session;
    const requestOf = (number: number) => requests.find(({ request }) => request === number);
    const endOf = (tick: number | undefined) => (ticks.find((record) => record.tick === tick)?.firstSample ?? NaN) + 20;
    const starts = deliveries.map(({ outcome, sampleIndex, request }) =>
      seconds(outcome === 0 ? sampleIndex : endOf(requestOf(request)?.tick)),
    );
    expect(nwb.numbers(`${pulses}/start_time`)).toEqual(starts);
    expect(nwb.numbers(`${pulses}/stop_time`)).toEqual(starts.map((start) => expect.closeTo(start + 420e-6, 9)));
    expect(nwb.numbers(`${pulses}/electrode`)).toEqual(deliveries.map(() => 5));
    expect(nwb.numbers(`${pulses}/amplitude`)).toEqual(deliveries.map(() => expect.closeTo(-12e-6, 12)));
    expect(nwb.numbers(`${pulses}/phase_duration`)).toEqual(deliveries.map(() => expect.closeTo(200e-6, 9)));
    expect(nwb.numbers(`${pulses}/request`)).toEqual(deliveries.map(({ request }) => request));
    expect(nwb.numbers(`${pulses}/tick`)).toEqual(deliveries.map(({ request }) => requestOf(request)?.tick));
    expect(nwb.texts(`${pulses}/origin`)).toEqual(deliveries.map(() => 'simulation'));
    const outcomes = nwb.texts(`${pulses}/outcome`);
    expect(outcomes).toEqual(
      deliveries.map(({ outcome }) => (outcome === 0 ? 'delivered' : 'refused by the device: expired')),
    );
    expect(new Set(outcomes).size).toBe(2);

    const current = '/stimulus/presentation/delivered_current';
    const delivered = deliveries.filter(({ outcome }) => outcome === 0);
    expect(nwb.numbers(`${current}/timestamps`)).toEqual(delivered.map(({ sampleIndex }) => seconds(sampleIndex)));
    expect(nwb.numbers(`${current}/data`)).toEqual(delivered.map(() => expect.closeTo(-12e-6, 12)));
    expect(nwb.attribute(`${current}/data`, 'unit')).toBe('amperes');
  });

  it('tells of every refused request why', async () => {
    const session = sessionFixture({ ticks: 900 });
    const nwb = await exported(session);
    const refused = '/intervals/refused_requests';
    expect(nwb.texts(`${refused}/reason`)).toEqual(
      session.refusals.map(() => 'pulse rate of the electrode above the limit: 60 Hz, limit 50 Hz'),
    );
    expect(nwb.texts(`${refused}/code`)).toEqual(session.refusals.map(() => 'electrode-rate'));
    expect(nwb.numbers(`${refused}/request`)).toEqual(session.refusals.map(({ request }) => request));
    expect(session.refusals.length).toBeGreaterThan(0);
  });

  it('counts a permitted pulse that was never acknowledged as neither delivered nor refused', async () => {
    const session = sessionFixture({ ticks: 226, isClosed: false });
    const nwb = await exported(session);
    expect(nwb.texts('/intervals/stimulation_pulses/outcome').at(-1)).toBe('permitted, not acknowledged');
    expect(nwb.shape('/intervals/stimulation_pulses/id')?.[0]).toBe(session.deliveries.length + 1);
  });

  it('says what the session was: times, subject, phases, marks and the whole configuration', async () => {
    const session = sessionFixture({ ticks: 600 });
    const now = () => new Date('2026-03-03T10:00:00Z');
    const nwb = await exported(session, { now });
    expect(nwb.attribute('/', 'nwb_version')).toBe('2.7.0');
    expect(nwb.text('/identifier')).toBe(session.opening.session);
    expect(nwb.text('/session_start_time')).toBe('2026-03-02T14:05:06.250+01:00');
    expect(nwb.text('/timestamps_reference_time')).toBe('2026-03-02T13:05:06.250050+00:00');
    expect(nwb.texts('/file_create_date')).toEqual(['2026-03-03T10:00:00.000+00:00']);
    expect(nwb.texts('/general/experimenter')).toEqual(['Curie, Marie']);
    expect(JSON.parse(nwb.text('/general/data_collection'))).toEqual(session.opening);
    expect(nwb.text('/general/subject/species')).toBe('Rattus norvegicus');
    expect(nwb.text('/general/subject/age')).toBe('P30D');
    expect(nwb.attribute('/general/subject/age', 'reference')).toBe('birth');
    expect(nwb.texts('/intervals/epochs/phase')).toEqual(['baseline', 'closed-loop']);
    expect(nwb.numbers('/intervals/epochs/stimulation')).toEqual([0, 1]);
    expect(nwb.numbers('/intervals/epochs/stop_time')).toEqual([0.2, 0.6]);
    expect(nwb.texts('/acquisition/operator_marks/data')).toEqual(['medium changed, 37 °C']);
    expect(nwb.numbers('/acquisition/operator_marks/timestamps')).toEqual([0.3]);
    expect(nwb.texts('/acquisition/interlock_transitions/data')).toEqual(['armed to stimulating: run (Curie, Marie)']);
  });

  it('groups electrodes as the recording does, and lists those that only stimulate', async () => {
    const session = sessionFixture({ ticks: 30, channels: 4 });
    const opening: SessionOpening = JSON.parse(JSON.stringify(session.opening)) as SessionOpening;
    opening.checked.recording = {
      samplesFile: '/recordings/pairs.dat',
      sidecar: {
        format: 'exocortex-recording/1',
        samples: 'pairs.dat',
        sampleType: 'int16le',
        layout: 'sample-major',
        channels: 4,
        sampleCount: 100,
        sampleRateHz: 20_000,
        microvoltsPerBit: 0.195,
        sha256: '0'.repeat(64),
        electrodeGroups: [[0, 2], [1]],
        source: 'made up',
        licence: 'none',
      },
    };
    const journal = sessionFixture({ ticks: 30, channels: 4, opening }).journal.bytes;
    writeSessionFixture(folder.path, session, journal);
    const { nwbFile } = await exportNwb({ folder: folder.path });
    const nwb = (opened = new NwbReader(nwbFile));
    expect(nwb.texts('/general/extracellular_ephys/electrodes/group_name')).toEqual([
      'group0',
      'group1',
      'group0',
      'array',
      'array',
      'array',
    ]);
    expect(nwb.numbers('/acquisition/raw/electrodes')).toEqual([0, 1, 2, 3]);
  });

  it('is written for a session that was killed before its first sample', async () => {
    const nwb = await exported(sessionFixture({ ticks: 0, isClosed: false }));
    expect(nwb.has('/acquisition/raw')).toBe(false);
    expect(nwb.has('/units')).toBe(false);
    expect(nwb.has('/processing/simulated_population/neurons')).toBe(true);
  });

  it('leaves no file, and an older one as it was, when it is cancelled', async () => {
    writeSessionFixture(folder.path, sessionFixture({ ticks: 200 }));
    writeFileSync(join(folder.path, 'session.nwb'), 'older');
    const stop = new AbortController();
    const onProgress = (fraction: number) => fraction > 0.1 && stop.abort(new Error('no more'));
    await expect(exportNwb({ folder: folder.path, signal: stop.signal, onProgress })).rejects.toThrow('no more');
    expect(readdirSync(folder.path).toSorted()).toEqual(['journal.exj', 'session.json', 'session.nwb']);
    await exportNwb({ folder: folder.path });
    opened = new NwbReader(join(folder.path, 'session.nwb'));
    expect(opened.has('/acquisition/raw')).toBe(true);
  });

  it('says why when it cannot be written', async () => {
    writeSessionFixture(folder.path, sessionFixture({ ticks: 30 }));
    const missing = join(folder.path, 'missing', 'a.nwb');
    await expect(exportNwb({ folder: folder.path, nwbFile: missing })).rejects.toMatchObject({
      message: expect.stringContaining('No such file or directory'),
      cure: expect.stringContaining('free space'),
    });
    mkdirSync(join(folder.path, 'taken.nwb', 'x'), { recursive: true });
    await expect(exportNwb({ folder: folder.path, nwbFile: join(folder.path, 'taken.nwb') })).rejects.toThrow();
    expect(existsSync(join(folder.path, 'taken.nwb.partial'))).toBe(false);
  });
});

describe('a moment after another', () => {
  it('is given in UTC to the microsecond', () => {
    expect(isoAfter('2026-03-02T14:05:06.250+01:00', 50_000)).toBe('2026-03-02T13:05:06.250050+00:00');
    expect(isoAfter('2026-03-02T14:05:06.250+01:00', -1_250_001_000)).toBe('2026-03-02T13:05:04.999999+00:00');
  });
});
