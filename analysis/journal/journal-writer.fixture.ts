// Writes journals for tests, record by record, as the rig and its recorder do; tests only.
import { crc32 } from 'node:zlib';
import {
  frameHeaderBytes,
  framedBytes,
  journalFileHeader,
  sealFrame,
  writeFrameHeader,
} from '../../common/journal/frame.ts';
import * as records from '../../common/journal/records.ts';
import { recordType, type RecordType } from '../../common/journal/records.ts';
import type { Fields, Struct, StructValue } from '../../common/base/struct.ts';
import type { SimulationHeader, SpikeRecord } from './record-visitor.ts';

export class JournalWriterFixture {
  readonly #parts: Uint8Array[] = [journalFileHeader()];
  #length = journalFileHeader().length;
  /** Where each frame begins in the file. */
  readonly frameStarts: number[] = [];
  /** Sequence number of the next frame. */
  sequence = 0;
  /** Host time of the next frame. */
  hostNs = 0;

  /** A copy of the journal so far. */
  get bytes(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#parts));
  }

  raw(type: number, payload: Uint8Array): void {
    const bytes = new Uint8Array(framedBytes(payload.length));
    const view = new DataView(bytes.buffer);
    writeFrameHeader(view, 0, type, payload.length, this.sequence++, this.hostNs);
    bytes.set(payload, frameHeaderBytes);
    sealFrame(bytes, view, 0, crc32);
    this.frameStarts.push(this.#length);
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }

  json(type: RecordType, document: object): void {
    this.raw(type, new TextEncoder().encode(JSON.stringify(document)));
  }

  fixed<F extends Fields>(type: RecordType, layout: Struct<F>, value: StructValue<F>): void {
    this.raw(type, encode(layout, value));
  }

  /** @param samples sample-major. */
  block(firstSample: number, acquiredNs: number, channels: number, samples: Int16Array): void {
    const header = { firstSample, acquiredNs, sampleCount: samples.length / channels, channels };
    this.raw(recordType.block, joined(encode(records.blockHeader, header), samples));
  }

  spikes(tick: number, spikes: readonly SpikeRecord[], overflow = 0): void {
    const header = encode(records.spikesHeader, { tick, count: spikes.length, overflow });
    this.raw(recordType.spikes, joined(header, ...spikes.map((spike) => encode(records.spike, spike))));
  }

  simulation(header: Omit<SimulationHeader, 'count'>, neurons: readonly number[]): void {
    const encoded = encode(records.simulationHeader, { ...header, count: neurons.length });
    this.raw(recordType.simulation, joined(encoded, Uint32Array.from(neurons)));
  }

  weights(tick: number, weights: Float32Array): void {
    this.raw(
      recordType.weights,
      joined(encode(records.weightsHeader, { tick, count: weights.length, spare: 0 }), weights),
    );
  }
}

function encode<F extends Fields>(layout: Struct<F>, value: StructValue<F>): Uint8Array {
  const bytes = new Uint8Array(layout.bytes);
  layout.write(new DataView(bytes.buffer), 0, value);
  return bytes;
}

function joined(...parts: ArrayBufferView[]): Uint8Array {
  return Buffer.concat(parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength)));
}
