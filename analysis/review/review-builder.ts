// Makes a session's review index from its journal, record by record, in constant memory; analysis process.
import { join } from 'node:path';
import type { JournalFrame } from '../../common/journal/frame.ts';
import { interlockStates, type InterlockState } from '../../common/contract/interlock-states.ts';
import type {
  FaultRecord,
  HealthRecord,
  Mark,
  PhaseChange,
  SessionOpening,
  StateChange,
} from '../../common/journal/session-documents.ts';
import { digitalInputsOf } from '../journal/digital-inputs-of.ts';
import {
  Beginning,
  type BlockHeader,
  type DeliveryMeasureRecord,
  type DeliveryRecord,
  type DigitalInputRecord,
  type GapRecord,
  type RecordVisitor,
  type RefusalRecord,
  type RequestRecord,
  type SimulationHeader,
  type SpikeRecord,
  type SpikesHeader,
  type TickRecord,
  visitRecord,
} from '../journal/record-visitor.ts';
import { Timeline } from '../journal/timeline.ts';
import { tickLatencyNs } from '../summary/stage-latencies.ts';
import { InputRows } from './input-rows.ts';
import { CountLevels } from './count-levels.ts';
import { requestFate } from '../../common/contract/review.ts';
import { RequestRows } from './request-rows.ts';
import { columnsOf } from './review-index.ts';
import {
  disorderSeconds,
  eventRow,
  type EventTable,
  inputRow,
  placeEveryBytes,
  placeRow,
  requestRow,
  simulatedFactor,
  simulatedLevels,
  simulatedRow,
  spikeRow,
  tableFileName,
  type TableName,
  tableNames,
  tableRows,
  tickRow,
} from './review-layout.ts';
import { RowWriter } from './row-file.ts';
import { TraceLevels } from './trace-levels.ts';

/** Give it every frame of the journal in order, flush now and then, finish once. */
export class ReviewBuilder implements RecordVisitor {
  readonly #opening: SessionOpening;
  readonly #traces: TraceLevels;
  readonly #counts: CountLevels;
  readonly #tables: Record<TableName, RowWriter>;
  readonly #requests: RequestRows;
  readonly #inputs: InputRows;
  readonly #beginning = new Beginning();
  readonly #populationOf: Uint16Array;
  readonly #populationCounts: Uint32Array;
  readonly #writers: ReadonlyMap<string, RowWriter>;
  /** Where the frame that is looked at begins. */
  #place = 0;
  #nextPlace = 0;
  #firstSample = 0;
  #samples = 0;
  #isClosed = false;
  readonly #timeline: Timeline;
  #newestTick = -Infinity;
  /** Since the newest tick that is known. */
  #lostSamples = 0;
  #simulatedAt = 0;
  #simulatedSpikes = 0;

  /** @param folder is there and empty. */
  constructor(folder: string, opening: SessionOpening) {
    this.#opening = opening;
    const { channels, sampleRateHz, samplesPerTick, simulation } = opening;
    this.#timeline = new Timeline(sampleRateHz, samplesPerTick);
    this.#traces = new TraceLevels(folder, channels);
    this.#counts = new CountLevels(folder, columnsOf(opening), disorderSeconds * sampleRateHz);
    this.#tables = Object.fromEntries(
      tableNames.map((name) => [name, new RowWriter(join(folder, tableFileName(name)), tableRows[name].bytes)]),
    ) as Record<TableName, RowWriter>;
    this.#requests = new RequestRows((row) => {
      this.#tables.requests.addValue(requestRow, row);
      if (row.fate !== requestFate.unanswered && row.fate !== requestFate.undecided)
        this.#counts.pulse(row.at, row.fate === requestFate.delivered);
    });
    this.#inputs = new InputRows(
      digitalInputsOf(opening),
      (row) => this.#tables.inputs.addValue(inputRow, row),
      (at, input, isRise) => this.#counts.edge(at, input, isRise),
    );
    this.#populationOf = new Uint16Array(simulation.neurons);
    for (const [index, { firstNeuron, neurons }] of simulation.populations.entries())
      this.#populationOf.fill(index, firstNeuron, firstNeuron + neurons);
    this.#populationCounts = new Uint32Array(simulation.populations.length);
    this.#writers = new Map([
      ...this.#traces.writers,
      ...this.#counts.writers,
      ...tableNames.map((name) => [tableFileName(name), this.#tables[name]] as const),
    ]);
  }

  /** Sample index, as the device counts, of the session's first sample. */
  get firstSample(): number {
    return this.#firstSample;
  }
  /** Samples per channel so far, lost ones included. */
  get samples(): number {
    return this.#samples;
  }
  /** Whether the journal was closed in order. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Rows of each file that can be read. */
  get rows(): Record<string, number> {
    return Object.fromEntries([...this.#writers].map(([name, writer]) => [name, writer.writtenRows]));
  }

  frame(frame: JournalFrame, place: number): void {
    this.#place = place;
    if (this.#beginning.admits(frame)) visitRecord(frame, this);
  }

  /** Lets readers see everything so far, but for bins that are still open. */
  flush(): void {
    for (const writer of this.#writers.values()) writer.flush();
  }

  /** The journal has ended. */
  finish(): void {
    this.#requests.finish();
    this.#counts.finish(this.#samples - 1);
    this.flush();
  }

  close(): void {
    for (const writer of this.#writers.values()) writer.close();
  }

  block(block: BlockHeader, samples: Int16Array): void {
    const { firstSample, sampleCount } = block;
    if (this.#samples === 0) this.#firstSample = firstSample;
    this.#timeline.block(block);
    const at = firstSample - this.#firstSample;
    if (this.#place >= this.#nextPlace) {
      this.#tables.places.addValue(placeRow, { at, place: this.#place });
      this.#nextPlace = this.#place + placeEveryBytes;
    }
    this.#traces.block(at, samples);
    this.#samples = Math.max(this.#samples, at + sampleCount);
    this.#counts.advance(this.#samples);
  }

  spikes(_header: SpikesHeader, spikes: readonly SpikeRecord[]): void {
    const inOrder = [...spikes].sort((a, b) => a.sampleIndex - b.sampleIndex);
    for (const { sampleIndex, channel, amplitudeMicrovolts } of inOrder) {
      const at = sampleIndex - this.#firstSample;
      // The detector saw samples from before the recording too.
      if (at < 0) continue;
      this.#tables.spikes.addValue(spikeRow, { at, amplitudeMicrovolts, channel });
      this.#counts.electrodeSpike(at, channel);
    }
  }

  simulation({ tick, meanPlasticWeightMillivolts }: SimulationHeader, neurons: Uint32Array): void {
    const at = (this.#simulatedAt = Math.max(this.#simulatedAt, this.#endOfTick(tick)));
    const counted = Math.min(at, this.#newest);
    const counts = this.#populationCounts.fill(0);
    for (const neuron of neurons) {
      counts[this.#populationOf[neuron]!]!++;
      this.#simulatedSpike(at, neuron);
    }
    for (const [population, count] of counts.entries())
      if (count > 0) this.#counts.populationSpikes(counted, population, count);
    this.#counts.result(counted, meanPlasticWeightMillivolts);
  }

  request(request: RequestRecord): void {
    this.#requests.request(request, this.#newest);
  }
  permit({ request }: { request: number }): void {
    this.#requests.permit(request);
  }
  refusal(refusal: RefusalRecord): void {
    this.#requests.refusal(refusal, this.#newest);
  }
  delivery(delivery: DeliveryRecord): void {
    const at = delivery.sampleIndex - this.#firstSample;
    this.#requests.delivery(delivery, at >= 0 ? at : this.#newest);
  }
  deliveryMeasure(measure: DeliveryMeasureRecord): void {
    this.#requests.measure(measure);
  }

  tick(tick: TickRecord, endNs: number): void {
    this.#timeline.tick(tick);
    if (tick.tick > this.#newestTick) [this.#newestTick, this.#lostSamples] = [tick.tick, 0];
    const at = tick.firstSample - this.#firstSample + this.#opening.samplesPerTick;
    const latencyMilliseconds = tickLatencyNs(tick, endNs) / 1e6;
    const { handling, isLate } = tick;
    this.#tables.ticks.addValue(tickRow, { at, latencyMilliseconds, handling, isLate });
    this.#counts.tick(Math.min(at, this.#newest), latencyMilliseconds, isLate === 1);
  }

  state({ to }: StateChange): void {
    this.#event('states', this.#newest, interlockStates.indexOf(to as InterlockState));
  }
  fault({ isFirst }: FaultRecord): void {
    this.#event('faults', this.#newest, isFirst ? 1 : 0);
  }
  /** That it is over is in the journal; in the review it would stand for another fault. */
  health({ isWrong }: HealthRecord): void {
    if (isWrong) this.#event('faults', this.#newest, 0);
  }
  mark({ sampleIndex }: Mark): void {
    this.#event('marks', sampleIndex - this.#firstSample, 0);
  }
  phase({ firstSample, stimulation }: PhaseChange): void {
    this.#event('phases', this.#samples === 0 ? 0 : firstSample - this.#firstSample, stimulation ? 1 : 0);
  }
  gap({ firstLostSample, lostSamples }: GapRecord): void {
    this.#lostSamples += lostSamples;
    this.#event('gaps', firstLostSample - this.#firstSample, lostSamples);
  }
  digitalInput(change: DigitalInputRecord): void {
    // What stands before the first block is of before the recording.
    this.#inputs.take(change, this.#samples === 0 ? -1 : change.sampleIndex - this.#firstSample);
  }
  closing(): void {
    this.#isClosed = true;
  }

  /** Where the samples of a tick end. Its result comes before its own record: from the ticks before it, and what was lost since. */
  #endOfTick(tick: number): number {
    const lost = tick > this.#newestTick ? this.#lostSamples : 0;
    return Math.max(0, this.#timeline.endOfTick(tick) + lost - this.#firstSample);
  }

  #simulatedSpike(at: number, neuron: number): void {
    const number = this.#simulatedSpikes++;
    for (let level = 0, every = 1; level < simulatedLevels.length && number % every === 0; level++) {
      this.#tables[simulatedLevels[level]!].addValue(simulatedRow, { at, neuron });
      every *= simulatedFactor;
    }
  }

  /** What has no sample of its own gets the newest that was recorded before it. */
  get #newest(): number {
    return Math.max(0, this.#samples - 1);
  }

  #event(table: EventTable, at: number, value: number): void {
    this.#tables[table].addValue(eventRow, { at: Math.max(0, at), place: this.#place, value });
  }
}
