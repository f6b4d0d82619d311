// Decodes the frames of a journal and hands each record to those who want it; analysis process.
import { assert } from '../../common/base/assert.ts';
import type { JournalFrame } from '../../common/journal/frame.ts';
import type { ClockSyncStatus } from '../../common/contract/clock-sync.ts';
import * as records from '../../common/journal/records.ts';
import { recordType } from '../../common/journal/records.ts';
import type {
  FaultRecord,
  HealthRecord,
  Mark,
  PhaseChange,
  SessionClosing,
  SessionOpening,
  StateChange,
} from '../../common/journal/session-documents.ts';
import type { JournalCondition } from '../../common/journal/session-summary.ts';
import type { Fields, Struct, StructValue, ValueOf } from '../../common/base/struct.ts';
import { readJournal, type ReadJournalOptions } from './read-journal.ts';

export type BlockHeader = ValueOf<typeof records.blockHeader>;
export type SpikesHeader = ValueOf<typeof records.spikesHeader>;
export type SpikeRecord = ValueOf<typeof records.spike>;
export type SimulationHeader = ValueOf<typeof records.simulationHeader>;
export type WeightsHeader = ValueOf<typeof records.weightsHeader>;
export type RequestRecord = ValueOf<typeof records.request>;
export type PermitRecord = ValueOf<typeof records.permit>;
export type RefusalRecord = ValueOf<typeof records.refusal>;
export type DeliveryRecord = ValueOf<typeof records.delivery>;
export type DeliveryMeasureRecord = ValueOf<typeof records.deliveryMeasure>;
export type TickRecord = ValueOf<typeof records.tick>;
export type GapRecord = ValueOf<typeof records.gap>;
export type DigitalInputRecord = ValueOf<typeof records.digitalInput>;

/** Takes the records it has a method for, in the journal's order. Arrays are valid during the call only. */
export interface RecordVisitor {
  opening?(opening: SessionOpening): void;
  /** `samples`: sample-major, sampleCount × channels, in bits. */
  block?(block: BlockHeader, samples: Int16Array): void;
  spikes?(header: SpikesHeader, spikes: readonly SpikeRecord[]): void;
  simulation?(header: SimulationHeader, neurons: Uint32Array): void;
  /** `weights`: plastic weights in mV in the network's order. */
  weights?(header: WeightsHeader, weights: Float32Array): void;
  request?(request: RequestRecord): void;
  permit?(permit: PermitRecord): void;
  refusal?(refusal: RefusalRecord): void;
  delivery?(delivery: DeliveryRecord): void;
  /** Follows the delivery that it belongs to. Its `residualMillivolts` is NaN when the journal is older than this measurement. */
  deliveryMeasure?(measure: DeliveryMeasureRecord): void;
  /** Ticks end in any order; `endNs` is host time at which this one did. */
  tick?(tick: TickRecord, endNs: number): void;
  gap?(gap: GapRecord): void;
  state?(change: StateChange): void;
  fault?(fault: FaultRecord): void;
  mark?(mark: Mark): void;
  phase?(change: PhaseChange): void;
  health?(record: HealthRecord): void;
  digitalInput?(change: DigitalInputRecord): void;
  clockSync?(status: ClockSyncStatus): void;
  closing?(closing: SessionClosing): void;
}

/** A fixed layout at the beginning of the payload. @throws Defect when the payload is too short for it and `tailBytes`. */
function read<F extends Fields>(
  frame: JournalFrame,
  layout: Struct<F>,
  tailBytes: (value: StructValue<F>) => number = () => 0,
): StructValue<F> {
  const { payload } = frame;
  assert(payload.length >= layout.bytes, `record ${frame.sequence} is shorter than its layout`);
  const value = layout.read(new DataView(payload.buffer, payload.byteOffset, payload.length), 0);
  assert(payload.length >= layout.bytes + tailBytes(value), `record ${frame.sequence} is shorter than it says`);
  return value;
}

/** The bytes of `count` values of `bytesEach` behind a header, where a typed array can be laid over them. */
function tail(
  frame: JournalFrame,
  headerBytes: number,
  count: number,
  bytesEach: number,
): { buffer: ArrayBufferLike; from: number } {
  const { payload } = frame;
  const from = payload.byteOffset + headerBytes;
  if (from % bytesEach === 0) return { buffer: payload.buffer, from };
  return { buffer: payload.slice(headerBytes, headerBytes + count * bytesEach).buffer, from: 0 };
}

/** A JSON record. Its checksum was right, so it is what the rig wrote. */
function document<T>(frame: JournalFrame): T {
  return JSON.parse(new TextDecoder().decode(frame.payload)) as T;
}

function readOpening(frame: JournalFrame): SessionOpening {
  const opening = document<SessionOpening>(frame);
  assert(opening.format === 'exocortex-session/1', `the journal opens as ${JSON.stringify(opening.format)}`);
  return opening;
}

function readDeliveryMeasure(frame: JournalFrame): DeliveryMeasureRecord {
  if (!records.isWithoutResidual(frame.payload.length)) return read(frame, records.deliveryMeasure);
  return { ...read(frame, records.deliveryMeasureWithoutResidual), residualMillivolts: NaN, isNotMeasured: 0 };
}

function visitSpikes(frame: JournalFrame, visit: NonNullable<RecordVisitor['spikes']>): void {
  const header = read(frame, records.spikesHeader, ({ count }) => count * records.spike.bytes);
  const view = new DataView(frame.payload.buffer, frame.payload.byteOffset, frame.payload.length);
  const spikes = Array.from({ length: header.count }, (_, index) =>
    records.spike.read(view, records.spikesHeader.bytes + index * records.spike.bytes),
  );
  visit(header, spikes);
}

/** Decodes `frame` for `visitor` if it wants records of this type. Types that this version does not know are passed over. */
export function visitRecord(frame: JournalFrame, visitor: RecordVisitor): void {
  switch (frame.type) {
    case recordType.opening:
      return visitor.opening?.(readOpening(frame));
    case recordType.block: {
      if (!visitor.block) return;
      const header = read(frame, records.blockHeader, ({ sampleCount, channels }) => sampleCount * channels * 2);
      const values = header.sampleCount * header.channels;
      const { buffer, from } = tail(frame, records.blockHeader.bytes, values, 2);
      return visitor.block(header, new Int16Array(buffer, from, values));
    }
    case recordType.spikes:
      return visitor.spikes && visitSpikes(frame, visitor.spikes.bind(visitor));
    case recordType.simulation: {
      if (!visitor.simulation) return;
      const header = read(frame, records.simulationHeader, ({ count }) => count * 4);
      const { buffer, from } = tail(frame, records.simulationHeader.bytes, header.count, 4);
      return visitor.simulation(header, new Uint32Array(buffer, from, header.count));
    }
    case recordType.weights: {
      if (!visitor.weights) return;
      const header = read(frame, records.weightsHeader, ({ count }) => count * 4);
      const { buffer, from } = tail(frame, records.weightsHeader.bytes, header.count, 4);
      return visitor.weights(header, new Float32Array(buffer, from, header.count));
    }
    case recordType.request:
      return visitor.request?.(read(frame, records.request));
    case recordType.permit:
      return visitor.permit?.(read(frame, records.permit));
    case recordType.refusal:
      return visitor.refusal?.(read(frame, records.refusal));
    case recordType.delivery:
      return visitor.delivery?.(read(frame, records.delivery));
    case recordType.deliveryMeasure:
      return visitor.deliveryMeasure?.(readDeliveryMeasure(frame));
    case recordType.tick:
      return visitor.tick?.(read(frame, records.tick), frame.hostNs);
    case recordType.gap:
      return visitor.gap?.(read(frame, records.gap));
    case recordType.state:
      return visitor.state?.(document<StateChange>(frame));
    case recordType.fault:
      return visitor.fault?.(document<FaultRecord>(frame));
    case recordType.mark:
      return visitor.mark?.(document<Mark>(frame));
    case recordType.phase:
      return visitor.phase?.(document<PhaseChange>(frame));
    case recordType.health:
      return visitor.health?.(document<HealthRecord>(frame));
    case recordType.digitalInput:
      return visitor.digitalInput?.(read(frame, records.digitalInput));
    case recordType.clockSync:
      return visitor.clockSync?.(document<ClockSyncStatus>(frame));
    case recordType.closing:
      return visitor.closing?.(document<SessionClosing>(frame));
  }
}

/**
 * Tells what belongs to the recording. The loop runs before a recording begins: results and ends of ticks whose samples
 * were not recorded come in with its first blocks.
 */
export class Beginning {
  #firstSample: number | undefined;

  admits(frame: JournalFrame): boolean {
    if (frame.type === recordType.block) this.#firstSample ??= read(frame, records.blockHeader).firstSample;
    else if (frame.type === recordType.simulation || frame.type === recordType.weights)
      return this.#firstSample !== undefined;
    else if (frame.type === recordType.tick) {
      return this.#firstSample !== undefined && read(frame, records.tick).firstSample >= this.#firstSample;
    }
    return true;
  }
}

/** Reads a journal from end to end and shows every record of the recording to each visitor in turn. */
export function visitJournal(
  file: string,
  visitors: readonly RecordVisitor[],
  options?: ReadJournalOptions,
): Promise<JournalCondition> {
  const beginning = new Beginning();
  return readJournal(
    file,
    (frame) => {
      if (!beginning.admits(frame)) return;
      for (const visitor of visitors) visitRecord(frame, visitor);
    },
    options,
  );
}
