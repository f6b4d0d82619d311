// Writes the spikes detected on each electrode as the Units table; analysis process.
import type { SessionOpening } from '../../common/journal/session-documents.ts';
import type { RecordVisitor, SpikeRecord, SpikesHeader } from '../journal/record-visitor.ts';
import type { Timeline } from '../journal/timeline.ts';
import type { NwbFile, NwbPart } from './nwb-file.ts';
import { RaggedColumn, RaggedPlan } from './ragged-column.ts';
import { electrodesPath } from './write-session.ts';

const table = '/units';

/**
 * One row per electrode. The Units table is what analysis programs read spikes from; the other place for threshold
 * crossings, SpikeEventSeries, demands waveforms, which the loop does not keep.
 */
export class DetectedSpikes implements RecordVisitor, NwbPart {
  readonly #nwb: NwbFile;
  readonly #timeline: Timeline;
  readonly #sigmas: number;
  readonly #plan: RaggedPlan;
  readonly #times: RaggedColumn;
  readonly #amplitudes: RaggedColumn;
  /** Stretch of the samples, and of spikes whose samples the journal lost, in s. */
  readonly #observed = { start: 0, end: 0 };

  /** @param perRound spikes that are held in memory at a time. */
  constructor(
    nwb: NwbFile,
    opening: SessionOpening,
    timeline: Timeline,
    spikesPerChannel: readonly number[],
    perRound: number,
  ) {
    this.#nwb = nwb;
    this.#timeline = timeline;
    this.#sigmas = opening.checked.experiment.detection.thresholdSigmas;
    this.#plan = new RaggedPlan(spikesPerChannel, perRound);
    this.#observed.end = timeline.secondsAt(timeline.endSample);
    nwb.table(
      table,
      'Units',
      `Threshold crossings detected in the running loop at -${this.#sigmas} standard deviations of the noise, one row per electrode. UNSORTED: a row is an electrode, not a neuron`,
      [
        'spike_times',
        'spike_amplitudes',
        'electrodes',
        'electrode_channel',
        ...(nwb.isForNeo ? ['obs_intervals'] : []),
      ],
      spikesPerChannel.length,
    );
    this.#times = new RaggedColumn(
      this.#plan,
      nwb.hdf5.fixedRows(`${table}/spike_times`, Float64Array, this.#plan.values),
    );
    this.#amplitudes = new RaggedColumn(
      this.#plan,
      nwb.hdf5.fixedRows(`${table}/spike_amplitudes`, Float64Array, this.#plan.values),
    );
  }

  get rounds(): number {
    return this.#plan.rounds;
  }

  beginRound(round: number): void {
    this.#times.begin(round);
    this.#amplitudes.begin(round);
  }

  spikes(_header: SpikesHeader, spikes: readonly SpikeRecord[]): void {
    for (const { sampleIndex, channel, amplitudeMicrovolts } of spikes) {
      const seconds = this.#timeline.secondsAt(sampleIndex);
      this.#times.add(channel, seconds);
      this.#amplitudes.add(channel, amplitudeMicrovolts * 1e-6);
      this.#observed.start = Math.min(this.#observed.start, seconds);
      this.#observed.end = Math.max(this.#observed.end, seconds);
    }
  }

  endRound(): void {
    this.#times.finish();
    this.#amplitudes.finish();
  }

  finish(): void {
    const channels = Array.from(this.#plan.ends, (_, channel) => channel);
    this.#nwb.column(table, 'spike_times', 'Times of the crossings in s');
    this.#nwb.hdf5.attribute(`${table}/spike_times`, 'resolution', 1 / this.#timeline.sampleRateHz);
    this.#nwb.index(table, 'spike_times', this.#plan.ends);
    this.#nwb.column(
      table,
      'spike_amplitudes',
      'Band-passed signal at each crossing as the detector measured it, in V',
    );
    this.#nwb.index(table, 'spike_amplitudes', this.#plan.ends);
    this.#nwb.rowsOf(electrodesPath, `${table}/electrodes`, 'Electrode of the row', channels);
    const ends = Uint32Array.from(channels, (channel) => channel + 1);
    this.#nwb.index(table, 'electrodes', ends);
    this.#nwb.column(
      table,
      'electrode_channel',
      'Number of the electrode in the experiment file and channel of the raw data',
      Int32Array.from(channels),
    );
    if (this.#nwb.isForNeo) this.#writeObserved(ends);
  }

  /** One interval for each row, of which neo takes no more: what was lost in it stands elsewhere. */
  #writeObserved(ends: Uint32Array): void {
    const { start, end } = this.#observed;
    const intervals = Float64Array.from({ length: 2 * ends.length }, (_, index) => (index % 2 === 0 ? start : end));
    this.#nwb.hdf5.numbers(`${table}/obs_intervals`, intervals, 2);
    this.#nwb.column(
      table,
      'obs_intervals',
      'From the first sample to the end of the last, in s; samples that were lost in between are in /intervals/invalid_times',
    );
    this.#nwb.index(table, 'obs_intervals', ends);
  }
}
