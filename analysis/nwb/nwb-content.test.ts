import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as records from '../../common/journal/records.ts';
import { recordType } from '../../common/journal/records.ts';
import { sessionFixture } from '../journal/session.fixture.ts';
import { ExportBench } from './export-bench.fixture.ts';
import { isoAfter } from './write-session.ts';

let bench: ExportBench;
beforeEach(() => (bench = new ExportBench()));
afterEach(() => bench.dispose());

/** First recorded sample of the fixture: time zero. */
const zero = 7000;
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const seconds = (sample: number) => (sample - zero) / 20_000;

describe('what an exported NWB file says', () => {
  it('holds the samples bit for bit, with unit, conversion, start and rate', async () => {
    const session = sessionFixture({ ticks: 850 });
    const nwb = await bench.exported(session);
    expect(nwb.shape('/acquisition/raw/data')).toEqual([17_000, 16]);
    expect(nwb.dtype('/acquisition/raw/data')).toBe('<h');
    const samples = Int16Array.from(session.blocks.flatMap((block) => [...block.samples]));
    const wrong = nwb.numbers('/acquisition/raw/data').findIndex((value, index) => value !== samples[index]);
    expect(wrong).toBe(-1);
    expect(nwb.attribute('/acquisition/raw/data', 'unit')).toBe('volts');
    expect(nwb.attribute('/acquisition/raw/data', 'conversion')).toBeCloseTo(0.195e-6, 15);
    expect(nwb.number('/acquisition/raw/starting_time')).toBe(0);
    expect(nwb.attribute('/acquisition/raw/starting_time', 'rate')).toBe(20_000);
    expect(nwb.attribute('/acquisition/raw/starting_time', 'unit')).toBe('seconds');
    expect(nwb.has('/acquisition/raw/timestamps')).toBe(false);
    expect(nwb.numbers('/acquisition/raw/electrodes')).toEqual(Array.from({ length: 16 }, (_, channel) => channel));
  });

  it('compresses as hard as it is told to, and not at all', async () => {
    const session = sessionFixture({ ticks: 2000 });
    const exported = async (gzipLevel: number) => {
      const nwb = await bench.exported(session, { gzipLevel });
      return { filters: nwb.filters('/acquisition/raw/data'), sum: sumOf(nwb.numbers('/acquisition/raw/data')) };
    };
    const [none, one, nine] = [await exported(0), await exported(1), await exported(9)];
    expect(none.filters).toEqual([]);
    expect([one.filters, nine.filters]).toEqual([[['gzip', 1]], [['gzip', 9]]]);
    expect([one.sum, nine.sum]).toEqual([none.sum, none.sum]);
  });

  it('gives each sample its own time when samples were lost, and marks the stretch as invalid', async () => {
    const session = sessionFixture({ ticks: 900, channels: 16, gapAtTick: 500, lostSamples: 130 });
    const nwb = await bench.exported(session);
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

  it('holds each digital input as the times of its changes, by its name', async () => {
    const { opening } = sessionFixture({ ticks: 1 });
    opening.checked.experiment.digitalInputs = [{ line: 3, name: 'camera' }];
    const session = sessionFixture({ ticks: 700, isClosed: false, opening });
    const changes: [sample: number, line: number, isHigh: number][] = [
      [zero, 3, 0],
      [zero + 45, 3, 1],
      [zero + 60, 16, 1],
      [zero + 4500, 3, 0],
    ];
    for (const [sampleIndex, line, isHigh] of changes)
      session.journal.fixed(recordType.digitalInput, records.digitalInput, { sampleIndex, line, isHigh, spare: 0 });
    const nwb = await bench.exported(session);
    const camera = '/acquisition/digital_input_camera';
    expect(nwb.numbers(`${camera}/data`)).toEqual([0, 1, 0]);
    expect(nwb.numbers(`${camera}/timestamps`)).toEqual([0, seconds(zero + 45), seconds(zero + 4500)]);
    expect(nwb.numbers('/acquisition/digital_input_16/data')).toEqual([1]);
  });

  it('holds every detected spike by electrode and every simulated spike by neuron, apart from each other', async () => {
    const session = sessionFixture({ ticks: 900, gapAtTick: 300 });
    const nwb = await bench.exported(session);
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

  it.each([{ gapAtTick: -1 }, { gapAtTick: 300 }])(
    'holds latency, lateness and mean weight of each tick in order, $gapAtTick',
    async ({ gapAtTick }) => {
      const session = sessionFixture({ ticks: 700, gapAtTick });
      const nwb = await bench.exported(session);
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

  it('gives no charge and no voltage of pulses that the stimulator does not measure', async () => {
    const nwb = await bench.exported(sessionFixture({ ticks: 900, isMeasured: false }));
    const pulses = '/intervals/stimulation_pulses';
    const outcomes = nwb.texts(`${pulses}/outcome`);
    expect(outcomes).toContain('delivered');
    for (const column of ['first_phase_charge', 'second_phase_charge', 'residual_voltage'])
      expect(nwb.numbers(`${pulses}/${column}`)).toEqual(outcomes.map(() => NaN));
  });

  it('tells of every pulse what it was, what caused it and what the device answered', async () => {
    const session = sessionFixture({ ticks: 900 });
    const nwb = await bench.exported(session);
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
    const { measures } = session;
    const coulombs = (femtocoulombs: number) => expect.closeTo(femtocoulombs * 1e-15, 20) as number;
    expect(nwb.numbers(`${pulses}/first_phase_charge`)).toEqual(
      measures.map(({ firstFemtocoulombs }) => coulombs(firstFemtocoulombs)),
    );
    expect(nwb.numbers(`${pulses}/second_phase_charge`)).toEqual(
      measures.map(({ secondFemtocoulombs }) => coulombs(secondFemtocoulombs)),
    );
    expect(nwb.numbers(`${pulses}/residual_voltage`)).toEqual(
      deliveries.map(({ outcome }, index) => (outcome === 0 ? measures[index]!.residualMillivolts * 1e-3 : NaN)),
    );
    expect(nwb.texts(`${pulses}/limits_hash`)).toEqual(deliveries.map(() => '0011223344556677'));

    const current = '/stimulus/presentation/delivered_current';
    const delivered = deliveries.filter(({ outcome }) => outcome === 0);
    expect(nwb.numbers(`${current}/timestamps`)).toEqual(delivered.map(({ sampleIndex }) => seconds(sampleIndex)));
    expect(nwb.numbers(`${current}/data`)).toEqual(delivered.map(() => expect.closeTo(-12e-6, 12)));
    expect(nwb.attribute(`${current}/data`, 'unit')).toBe('amperes');
  });

  it('tells of every refused request why', async () => {
    const session = sessionFixture({ ticks: 900 });
    const nwb = await bench.exported(session);
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
    const nwb = await bench.exported(session);
    expect(nwb.texts('/intervals/stimulation_pulses/outcome').at(-1)).toBe('permitted, not acknowledged');
    expect(nwb.shape('/intervals/stimulation_pulses/id')?.[0]).toBe(session.deliveries.length + 1);
  });

  it('says what the session was: times, subject, phases, marks and the whole configuration', async () => {
    const session = sessionFixture({ ticks: 600 });
    const now = () => new Date('2026-03-03T10:00:00Z');
    const nwb = await bench.exported(session, { now });
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
    const { opening } = sessionFixture({ ticks: 0, channels: 4 });
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
    const nwb = await bench.exported(sessionFixture({ ticks: 30, channels: 4, opening }));
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

  it('keeps the impedances that were measured before the session, and says of which electrodes', async () => {
    const { opening } = sessionFixture({ ticks: 0, channels: 3 });
    const electrode = (number: number, ohms: number) => ({ electrode: number, channel: `E${number}`, ohms });
    opening.impedances = { frequencyHz: 1000, electrodes: [electrode(0, 45_300), electrode(2, 1e6)] };
    const imp = '/general/extracellular_ephys/electrodes/imp';
    const nwb = await bench.exported(sessionFixture({ ticks: 30, channels: 3, opening }));
    expect(nwb.numbers(imp).slice(0, 3)).toEqual([45_300, Number.NaN, 1e6]);
    expect(nwb.attribute(imp, 'description')).toMatch(/^Impedance in ohms at 1000 Hz/);
  });

  it('says what was wrong with the rig, and when it was over', async () => {
    const nwb = await bench.exported(sessionFixture({ ticks: 60, gapAtTick: 30 }));
    expect(nwb.texts('/acquisition/rig_health/data')).toEqual([
      'lost-samples: Samples do not arrive.',
      'lost-samples: as it should be again',
    ]);
  });
});

describe('a moment after another', () => {
  it('is given in UTC to the microsecond', () => {
    expect(isoAfter('2026-03-02T14:05:06.250+01:00', 50_000)).toBe('2026-03-02T13:05:06.250050+00:00');
    expect(isoAfter('2026-03-02T14:05:06.250+01:00', -1_250_001_000)).toBe('2026-03-02T13:05:04.999999+00:00');
  });
});
