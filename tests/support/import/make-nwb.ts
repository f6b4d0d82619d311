// NWB files with an extracellular signal, for tests.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hdf5File } from '../../../analysis/nwb/hdf5-file.ts';
import { NwbFile } from '../../../analysis/nwb/nwb-file.ts';
import { madeSamples, type MadeRecording } from './made-recording.ts';

export interface NwbOptions {
  channels?: number;
  samples?: number;
  type?: 'int16' | 'int32' | 'float32';
  /** Volts of one stored number; of the file, and of the signal. */
  conversion?: number;
  /** Time stamps in the place of a rate; so many samples were lost before sample 100. */
  lost?: number;
  unit?: string;
  /** A second series beside the first. */
  hasSecond?: boolean;
}

const rateHz = 20_000;
const startSeconds = 2;
const arrays = { int16: Int16Array, int32: Int32Array, float32: Float32Array };

/** The signal is /acquisition/raw. */
export async function makeNwb({
  channels = 3,
  samples = 400,
  type = 'int16',
  conversion = 1.95e-7,
  lost,
  unit = 'volts',
  hasSecond = false,
}: NwbOptions = {}): Promise<MadeRecording> {
  const folder = mkdtempSync(join(tmpdir(), 'exocortex-nwb-'));
  const path = join(folder, 'x.nwb');
  let ids = 0;
  const hdf5 = await Hdf5File.create(path);
  const file = new NwbFile(hdf5, () => `00000000-0000-4000-8000-${String(ids++).padStart(12, '0')}`);
  const values = madeSamples(channels * samples);
  const names = Array.from({ length: channels }, (_, channel) => `E${channel + 1}`);
  file.stamp('/', 'NWBFile', { nwb_version: '2.7.0' });
  for (const group of ['/acquisition', '/processing', '/general', '/general/extracellular_ephys', '/intervals'])
    hdf5.group(group);
  hdf5.text('/session_start_time', '2026-03-04T05:06:07.000000+01:00');
  const table = '/general/extracellular_ephys/electrodes';
  file.table(table, 'DynamicTable', 'electrodes', ['channel_name'], channels + 1);
  file.column(table, 'channel_name', 'name', ['reference', ...names]);
  const series = (name: string) => {
    const at = `/acquisition/${name}`;
    file.series(at, 'ElectricalSeries', { description: '', unit });
    const rows = hdf5.growingRows(`${at}/data`, arrays[type] as Int32ArrayConstructor, {
      columns: channels,
      chunk: [64, channels],
    });
    rows.add(Int32Array.from(values));
    rows.finish();
    if (lost !== undefined) {
      const times = Float64Array.from(
        { length: samples },
        (_, sample) => startSeconds + (sample + (sample >= 100 ? lost : 0)) / rateHz,
      );
      hdf5.numbers(`${at}/timestamps`, times);
    }
    file.rowsOf(
      table,
      `${at}/electrodes`,
      'electrodes',
      names.map((_, channel) => channel + 1),
    );
    file.describeSeries(
      at,
      { description: '', unit, conversion },
      lost === undefined ? { kind: 'regular', startSeconds, rateHz } : { kind: 'timestamps' },
    );
  };
  series('raw');
  if (hasSecond) series('second');
  file.object('/units', 'Units', { description: 'units' });
  hdf5.numbers(
    '/units/spike_times',
    Float64Array.of(
      startSeconds + 10 / rateHz,
      startSeconds + 50 / rateHz,
      startSeconds + (120 + (lost ?? 0)) / rateHz,
    ),
  );
  hdf5.numbers('/units/spike_times_index', Uint32Array.of(2, 2, 3));
  hdf5.group('/intervals/trials');
  hdf5.numbers('/intervals/trials/start_time', Float64Array.of(startSeconds));
  hdf5.numbers('/intervals/trials/stop_time', Float64Array.of(startSeconds + 20 / rateHz));
  hdf5.close();
  const content = readFileSync(path);
  rmSync(folder, { recursive: true });
  return {
    files: { 'x.nwb': content },
    open: 'x.nwb',
    sampleRateHz: rateHz,
    channelNames: names,
    microvoltsPerBit: names.map(() => conversion * 1e6),
    samples: values,
    events: [
      { sample: 10, kind: 'spike', electrode: 'unit 0', unit: 0 },
      { sample: 50, kind: 'spike', electrode: 'unit 0', unit: 0 },
      { sample: 120, kind: 'spike', electrode: 'unit 2', unit: 2 },
      { sample: 0, kind: 'message', text: 'trials 0 begins' },
      { sample: 20, kind: 'message', text: 'trials 0 ends' },
    ],
  };
}
