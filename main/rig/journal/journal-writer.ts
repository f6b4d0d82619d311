// Writes every stage of the loop into the journal's ring, numbered and in order; runs in the rig thread, allocates nothing per tick.
import * as records from '../../../common/journal/records.ts';
import { recordType, type RecordType, type TurnKind, turnKinds } from '../../../common/journal/records.ts';
import type { RingWriter } from '../../../common/journal/ring.ts';
import type { StructValue, ValueOf } from '../../../common/base/struct.ts';

/** Spikes of one block, as the detector leaves them. */
interface BlockSpikes {
  count: number;
  overflow: number;
  sampleOffsets: Uint16Array;
  channels: Uint16Array;
  amplitudesMicrovolts: Float32Array;
}

/** Where records are put, and from where a recorder takes them. */
export type JournalRing = Pick<RingWriter, 'bytes' | 'view' | 'fill' | 'reserve' | 'commit' | 'waitUntilWritten'>;

/** The journal of one session. A closed journal takes nothing and says so by `isOpen`. */
export class JournalWriter {
  readonly #ring: JournalRing;
  readonly #nowNs: () => number;
  readonly #onFull: () => void;
  #sequence = 0;
  #isOpen = false;
  #isFull = false;

  /** @param onFull called when the ring has no room: a record is lost, the session must end. */
  constructor(ring: JournalRing, nowNs: () => number, onFull: () => void) {
    this.#ring = ring;
    this.#nowNs = nowNs;
    this.#onFull = onFull;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Number of the next record. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Part of the ring in use, 0 to 1. */
  get fill(): number {
    return this.#ring.fill;
  }

  open(): void {
    this.#sequence = 0;
    this.#isOpen = true;
  }

  close(): void {
    this.#isOpen = false;
  }

  /** Waits until the recorder has handed everything to the operating system: a record that survives this program. */
  waitUntilWritten(timeoutMilliseconds: number): boolean {
    return this.#isOpen && this.#ring.waitUntilWritten(timeoutMilliseconds, this.#nowNs);
  }

  json(type: RecordType, document: object): void {
    if (!this.#isOpen) return;
    this.bytes(type, new TextEncoder().encode(JSON.stringify(document)));
  }

  block(firstSample: number, acquiredNs: number, sampleCount: number, channels: number, samples: Int16Array): void {
    if (!this.#isOpen) return;
    const values = sampleCount * channels;
    const at = this.#reserve(recordType.block, records.blockHeader.bytes + values * 2);
    if (at < 0) return;
    const { view, bytes } = this.#ring;
    view.setFloat64(at, firstSample, true);
    view.setFloat64(at + 8, acquiredNs, true);
    view.setUint32(at + 16, sampleCount, true);
    view.setUint32(at + 20, channels, true);
    new Int16Array(bytes.buffer, at + records.blockHeader.bytes, values).set(
      samples.length === values ? samples : samples.subarray(0, values),
    );
    this.#ring.commit();
  }

  spikes(tick: number, firstSample: number, found: BlockSpikes): void {
    if (!this.#isOpen || (found.count === 0 && found.overflow === 0)) return;
    let at = this.#reserve(recordType.spikes, records.spikesHeader.bytes + found.count * records.spike.bytes);
    if (at < 0) return;
    const { view } = this.#ring;
    view.setFloat64(at, tick, true);
    view.setUint32(at + 8, found.count, true);
    view.setUint32(at + 12, found.overflow, true);
    at += records.spikesHeader.bytes;
    for (let index = 0; index < found.count; index++, at += records.spike.bytes) {
      view.setFloat64(at, firstSample + (found.sampleOffsets[index] ?? 0), true);
      view.setUint32(at + 8, found.channels[index] ?? 0, true);
      view.setFloat32(at + 12, found.amplitudesMicrovolts[index] ?? 0, true);
    }
    this.#ring.commit();
  }

  simulation(header: ValueOf<typeof records.simulationHeader>, neurons: Uint32Array): void {
    if (!this.#isOpen) return;
    let at = this.#reserve(recordType.simulation, records.simulationHeader.bytes + header.count * 4);
    if (at < 0) return;
    const { view } = this.#ring;
    records.simulationHeader.write(view, at, header);
    at += records.simulationHeader.bytes;
    for (let index = 0; index < header.count; index++) view.setUint32(at + index * 4, neurons[index] ?? 0, true);
    this.#ring.commit();
  }

  weights(tick: number, weightsMillivolts: Float32Array): void {
    if (!this.#isOpen) return;
    let at = this.#reserve(recordType.weights, records.weightsHeader.bytes + weightsMillivolts.length * 4);
    if (at < 0) return;
    const { view } = this.#ring;
    records.weightsHeader.write(view, at, { tick, count: weightsMillivolts.length, spare: 0 });
    at += records.weightsHeader.bytes;
    for (let index = 0; index < weightsMillivolts.length; index++)
      view.setFloat32(at + index * 4, weightsMillivolts[index] ?? 0, true);
    this.#ring.commit();
  }

  /** @param readings of which the first `count` are written. */
  turn(kind: TurnKind, value: number, readings: Float64Array, count: number): void {
    if (!this.#isOpen) return;
    const at = this.#reserve(recordType.turn, records.turnHeader.bytes + count * 8);
    if (at < 0) return;
    const { view } = this.#ring;
    records.turnHeader.write(view, at, { value, kind: turnKinds.indexOf(kind), count });
    for (let index = 0; index < count; index++)
      view.setFloat64(at + records.turnHeader.bytes + index * 8, readings[index] ?? 0, true);
    this.#ring.commit();
  }

  bytes(type: RecordType, content: Uint8Array): void {
    if (!this.#isOpen) return;
    const at = this.#reserve(type, content.length);
    if (at < 0) return;
    this.#ring.bytes.set(content, at);
    this.#ring.commit();
  }

  request(value: ValueOf<typeof records.request>): void {
    this.#fixed(recordType.request, records.request, value);
  }

  digitalInput(value: ValueOf<typeof records.digitalInput>): void {
    this.#fixed(recordType.digitalInput, records.digitalInput, value);
  }

  permit(value: ValueOf<typeof records.permit>): void {
    this.#fixed(recordType.permit, records.permit, value);
  }

  refusal(value: ValueOf<typeof records.refusal>): void {
    this.#fixed(recordType.refusal, records.refusal, value);
  }

  delivery(value: ValueOf<typeof records.delivery>): void {
    this.#fixed(recordType.delivery, records.delivery, value);
  }

  deliveryMeasure(value: ValueOf<typeof records.deliveryMeasure>): void {
    this.#fixed(recordType.deliveryMeasure, records.deliveryMeasure, value);
  }

  tick(value: ValueOf<typeof records.tick>): void {
    this.#fixed(recordType.tick, records.tick, value);
  }

  gap(value: ValueOf<typeof records.gap>): void {
    this.#fixed(recordType.gap, records.gap, value);
  }

  #fixed<V extends StructValue<Record<string, never>>>(
    type: RecordType,
    layout: { bytes: number; write(view: DataView, at: number, value: V): void },
    value: V,
  ): void {
    if (!this.#isOpen) return;
    const at = this.#reserve(type, layout.bytes);
    if (at < 0) return;
    layout.write(this.#ring.view, at, value);
    this.#ring.commit();
  }

  #reserve(type: RecordType, payloadBytes: number): number {
    const at = this.#ring.reserve(type, payloadBytes, this.#sequence, this.#nowNs());
    const wasFull = this.#isFull;
    this.#isFull = at < 0;
    if (this.#isFull) {
      // Said once: whoever hears it will want to journal it.
      if (!wasFull) this.#onFull();
      return -1;
    }
    this.#sequence++;
    return at;
  }
}
