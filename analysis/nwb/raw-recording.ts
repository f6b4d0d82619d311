// Writes the samples of a session as one series; analysis process.
import type { SessionOpening } from '../../common/journal/session-documents.ts';
import type { BlockHeader, RecordVisitor } from '../journal/record-visitor.ts';
import type { Timeline } from '../journal/timeline.ts';
import type { GrowingRows, NumberArray, NumberArrayConstructor } from './growing-rows.ts';
import { MicrovoltRows } from './microvolt-rows.ts';
import type { NwbFile, NwbPart, SeriesText, TimeBase } from './nwb-file.ts';
import { electrodesPath } from './write-session.ts';

const path = '/acquisition/raw';
const electricalModule = '/processing/ecephys';
/** The same samples with their electrodes, where `path` must not have them. */
const electricalPath = `${electricalModule}/raw`;
/** Half a MB of int16. */
const chunkValues = 262_144;
const chunkColumnsMax = 64;
const voltsPerMicrovolt = 1e-6;

/** Where samples are put: their bits, or what is computed of them. */
interface SampleRows {
  /** @param samples whole rows, in bits of the device. */
  add(samples: Int16Array): void;
  finish(): void;
}

/**
 * Samples as the device sent them, in an ElectricalSeries of their bits. Without a gap the times are a start and a rate. With
 * gaps each sample has a time stamp and the samples follow each other without filling: one series that every reader takes,
 * however many gaps there are. For neo they are microvolts in a plain series; an ElectricalSeries elsewhere leads to them.
 */
export class RawRecording implements RecordVisitor, NwbPart {
  readonly #nwb: NwbFile;
  readonly #timeline: Timeline;
  readonly #channels: number;
  readonly #text: SeriesText;
  readonly #data: SampleRows;
  readonly #timestamps: GrowingRows<Float64Array> | undefined;

  constructor(nwb: NwbFile, opening: SessionOpening, timeline: Timeline) {
    this.#nwb = nwb;
    this.#timeline = timeline;
    const { channels, microvoltsPerBit } = opening;
    this.#channels = channels;
    const { detection } = opening.checked.experiment;
    const hasGaps = timeline.segments.length > 1;
    const { isForNeo } = nwb;
    this.#text = {
      description: isForNeo
        ? `Samples of all electrodes in microvolts, rounded to single precision; a step of the device is ${microvoltsPerBit} µV`
        : 'Samples of all electrodes as the device sent them',
      comments:
        `Spikes were detected in this signal, band-passed ${detection.lowCutoffHz} to ${detection.highCutoffHz} Hz; the filter is not applied here.` +
        (hasGaps ? ' Samples were lost (see /intervals/invalid_times): the time of each sample is in timestamps' : ''),
      unit: 'volts',
      conversion: isForNeo ? voltsPerMicrovolt : microvoltsPerBit * voltsPerMicrovolt,
    };
    nwb.series(path, isForNeo ? 'TimeSeries' : 'ElectricalSeries', this.#text);
    const chunkColumns = Math.min(channels, chunkColumnsMax);
    const chunkRows = Math.floor(chunkValues / chunkColumns);
    const rows = <T extends NumberArray>(array: NumberArrayConstructor<T>) =>
      nwb.hdf5.growingRows(`${path}/data`, array, { columns: channels, chunk: [chunkRows, chunkColumns] });
    this.#data = isForNeo ? new MicrovoltRows(rows(Float32Array), microvoltsPerBit) : rows(Int16Array);
    if (hasGaps) {
      this.#timestamps = nwb.hdf5.growingRows(`${path}/timestamps`, Float64Array, { chunk: [chunkRows] });
    }
    if (!isForNeo) this.#writeElectrodes(path);
  }

  block({ firstSample, sampleCount }: BlockHeader, samples: Int16Array): void {
    this.#data.add(samples);
    if (!this.#timestamps) return;
    for (let sample = firstSample; sample < firstSample + sampleCount; sample++)
      this.#timestamps.addOne(this.#timeline.secondsAt(sample));
  }

  finish(): void {
    this.#data.finish();
    this.#timestamps?.finish();
    const regular: TimeBase = { kind: 'regular', startSeconds: 0, rateHz: this.#timeline.sampleRateHz };
    this.#nwb.describeSeries(path, this.#text, this.#timestamps ? { kind: 'timestamps' } : regular);
    if (this.#nwb.isForNeo) this.#writeElectrical(this.#timestamps ? { kind: 'shared', of: path } : regular);
  }

  #writeElectrodes(series: string): void {
    const electrodes = Array.from({ length: this.#channels }, (_, channel) => channel);
    this.#nwb.rowsOf(electrodesPath, `${series}/electrodes`, 'Electrode of each channel', electrodes);
  }

  /** The series of electrodes that readers of extracellular recordings look for. Its samples are those of `path`, not copies. */
  #writeElectrical(time: TimeBase): void {
    const nwb = this.#nwb;
    nwb.object(electricalModule, 'ProcessingModule', { description: `The samples of ${path} with their electrodes` });
    nwb.series(electricalPath, 'ElectricalSeries', this.#text);
    nwb.hdf5.softLink(`${electricalPath}/data`, `${path}/data`);
    nwb.describeTimes(electricalPath, time);
    this.#writeElectrodes(electricalPath);
  }
}
