// Writes the samples of a session as one ElectricalSeries; analysis process.
import type { SessionOpening } from '../../common/journal/session-documents.ts';
import type { BlockHeader, RecordVisitor } from '../journal/record-visitor.ts';
import type { Timeline } from '../journal/timeline.ts';
import type { GrowingRows } from './growing-rows.ts';
import type { NwbFile, NwbPart, TimeBase } from './nwb-file.ts';
import { electrodesPath } from './write-session.ts';

const path = '/acquisition/raw';
/** Half a MB of int16. */
const chunkValues = 262_144;
const chunkColumnsMax = 64;

/**
 * Samples as the device sent them. Without a gap the times are a start and a rate. With gaps each sample has a time stamp
 * and the samples follow each other without filling: one series that every reader takes, however many gaps there are.
 */
export class RawRecording implements RecordVisitor, NwbPart {
  readonly #nwb: NwbFile;
  readonly #timeline: Timeline;
  readonly #text;
  readonly #data: GrowingRows<Int16Array>;
  readonly #timestamps: GrowingRows<Float64Array> | undefined;

  constructor(nwb: NwbFile, opening: SessionOpening, timeline: Timeline) {
    this.#nwb = nwb;
    this.#timeline = timeline;
    const { channels } = opening;
    const { detection } = opening.checked.experiment;
    const hasGaps = timeline.segments.length > 1;
    this.#text = {
      description: 'Samples of all electrodes as the device sent them',
      comments:
        `Spikes were detected in this signal, band-passed ${detection.lowCutoffHz} to ${detection.highCutoffHz} Hz; the filter is not applied here.` +
        (hasGaps ? ' Samples were lost (see /intervals/invalid_times): the time of each sample is in timestamps' : ''),
      unit: 'volts',
      conversion: opening.microvoltsPerBit * 1e-6,
    };
    nwb.series(path, 'ElectricalSeries', this.#text);
    const chunkColumns = Math.min(channels, chunkColumnsMax);
    const chunkRows = Math.floor(chunkValues / chunkColumns);
    this.#data = nwb.hdf5.growingRows(`${path}/data`, Int16Array, {
      columns: channels,
      chunk: [chunkRows, chunkColumns],
    });
    if (hasGaps) {
      this.#timestamps = nwb.hdf5.growingRows(`${path}/timestamps`, Float64Array, { chunk: [chunkRows] });
    }
    const electrodes = Array.from({ length: channels }, (_, channel) => channel);
    nwb.rowsOf(electrodesPath, `${path}/electrodes`, 'Electrode of each channel', electrodes);
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
    const time: TimeBase = this.#timestamps
      ? { kind: 'timestamps' }
      : { kind: 'regular', startSeconds: 0, rateHz: this.#timeline.sampleRateHz };
    this.#nwb.describeSeries(path, this.#text, time);
  }
}
