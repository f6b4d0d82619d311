// Imports extracellular recordings of Neurodata Without Borders, of this program and of others; analysis process.
import { AnalysisFailure } from '../../failure.ts';
import type { ImportFormat, RecordingEvent, RecordingReader, SourceChannel } from '../recording-reader.ts';
import { checkExtent } from '../source-limits.ts';
import { findSeries, type ElectricalSeries } from './electrical-series.ts';
import { Hdf5Source, isHdf5 } from './hdf5-source.ts';
import { nwbEvents } from './nwb-events.ts';
import { SampleTimes } from './sample-times.ts';

class NwbReader implements RecordingReader {
  readonly format: string;
  readonly mayHaveSlips = false;
  readonly sampleType: 'int16' | 'real';
  readonly sampleRateHz: number;
  readonly channels: readonly SourceChannel[];
  readonly sampleCount: number;
  readonly startedAt: string | undefined;
  readonly files: readonly string[];
  readonly notes: string[] = [];
  readonly #file: Hdf5Source;
  readonly #series: ElectricalSeries;
  readonly #times: SampleTimes;

  constructor(file: Hdf5Source, series: ElectricalSeries) {
    const { data, channels, offsetMicrovolts, sampleRateHz } = series;
    this.format = `NWB ${file.attribute('/', 'nwb_version') ?? ''}`.trim();
    this.#file = file;
    this.#series = series;
    this.sampleType = data.isInt16 && offsetMicrovolts === 0 ? 'int16' : 'real';
    this.sampleRateHz = sampleRateHz;
    this.channels = offsetMicrovolts === 0 ? channels : channels.map(({ name }) => ({ name, microvoltsPerBit: 1 }));
    this.sampleCount = data.rows;
    this.startedAt = file.text('/session_start_time');
    this.files = [file.path];
    this.#times = new SampleTimes(series, this.notes);
    checkExtent(file.path, sampleRateHz, channels.length);
    if (
      channels.some(
        ({ microvoltsPerBit }) => !(Math.abs(microvoltsPerBit) > 0 && Math.abs(microvoltsPerBit) < Infinity),
      )
    )
      throw new AnalysisFailure(
        `${file.path}: a channel of ${series.path} has no scale.`,
        'Correct conversion and channel_conversion.',
      );
  }

  read(firstSample: number, count: number): Promise<Int16Array | Float64Array> {
    return new Promise((resolve) => {
      this.#times.check(firstSample, count);
      const { data, channels, offsetMicrovolts } = this.#series;
      const values = data.read(firstSample, count);
      const microvolts = (value: number, index: number) =>
        value * channels[index % channels.length]!.microvoltsPerBit + offsetMicrovolts;
      resolve(offsetMicrovolts === 0 ? values : Float64Array.from(values, microvolts));
    });
  }

  async *events(): AsyncGenerator<RecordingEvent> {
    yield* nwbEvents(this.#file, (seconds) => this.#times.sampleAt(seconds), this.notes);
  }

  dispose(): Promise<void> {
    this.#file.dispose();
    return Promise.resolve();
  }
}

export const nwb: ImportFormat = {
  name: 'NWB',
  hasMagic: isHdf5,
  hasName: (fileName) => fileName.endsWith('.nwb'),
  async open(path, stream) {
    const file = await Hdf5Source.open(path);
    try {
      return new NwbReader(file, findSeries(file, stream));
    } catch (error) {
      file.dispose();
      throw error;
    }
  },
};
