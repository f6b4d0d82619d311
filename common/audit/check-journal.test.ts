import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields, Struct, StructValue } from '../base/struct.ts';
import { frameHeaderBytes, framedBytes, journalFileHeader, sealFrame, writeFrameHeader } from '../journal/frame.ts';
import * as records from '../journal/records.ts';
import { recordType, type RecordType } from '../journal/records.ts';
import type { AuditProblem } from './audit-problem.ts';
import { JournalCheck } from './check-journal.ts';

const limitsHash = `01234567${'89abcdef'.repeat(7)}`;
const tightenedHash = `76543210${'89abcdef'.repeat(7)}`;

function encode<F extends Fields>(layout: Struct<F>, value: Partial<StructValue<F>>): Uint8Array {
  const bytes = new Uint8Array(layout.bytes);
  const filled = new Proxy(value, { get: (from, name) => from[name as keyof F] ?? 0 }) as StructValue<F>;
  layout.write(new DataView(bytes.buffer), 0, filled);
  return bytes;
}

const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** A journal of records with their types; `sequences` gives them other numbers than 0, 1, 2 … */
class Journal {
  readonly frames: Uint8Array[] = [];

  add(type: number, payload: Uint8Array, sequence = this.frames.length): this {
    const bytes = new Uint8Array(framedBytes(payload.length));
    const view = new DataView(bytes.buffer);
    writeFrameHeader(view, 0, type, payload.length, sequence, 0);
    bytes.set(payload, frameHeaderBytes);
    sealFrame(bytes, view, 0, crc32);
    this.frames.push(bytes);
    return this;
  }

  json(type: RecordType, value: unknown): this {
    return this.add(type, json(value));
  }

  request(request: number): this {
    return this.add(recordType.request, encode(records.request, { request }));
  }
  permit(request: number, sequence: number): this {
    return this.add(recordType.permit, encode(records.permit, { request, sequence }));
  }
  refusal(request: number): this {
    return this.add(recordType.refusal, encode(records.refusal, { request }));
  }
  delivery(request: number, sequence: number, outcome = 0): this {
    return this.add(recordType.delivery, encode(records.delivery, { request, sequence, outcome }));
  }
  measure(request: number, limitsHashHigh: number): this {
    const value = { request, limitsHashHigh, limitsHashLow: 0x89abcdef };
    return this.add(recordType.deliveryMeasure, encode(records.deliveryMeasure, value));
  }
  olderMeasure(request: number, limitsHashHigh: number): this {
    const value = { request, limitsHashHigh, limitsHashLow: 0x89abcdef };
    return this.add(recordType.deliveryMeasure, encode(records.deliveryMeasureWithoutResidual, value));
  }

  get bytes(): Uint8Array {
    return new Uint8Array(Buffer.concat([journalFileHeader(), ...this.frames]));
  }
}

const opened = () => new Journal().json(recordType.opening, { session: 's', limits: { hash: limitsHash } });
const closing = { reason: 'completed', ticks: 3 };

/** A session with one pulse that was given, one that was refused by the gate, one that the device refused, after a tightening. */
function session(): Journal {
  return opened()
    .add(recordType.block, new Uint8Array(64))
    .request(1)
    .permit(1, 1)
    .delivery(1, 1)
    .measure(1, 0x01234567)
    .request(2)
    .refusal(2)
    .json(recordType.limits, { hash: tightenedHash })
    .request(3)
    .permit(3, 2)
    .refusal(3)
    .request(4)
    .permit(4, 3)
    .delivery(4, 3, 5)
    .measure(4, 0)
    .json(recordType.closing, closing);
}

function check(bytes: Uint8Array, chunkBytes = bytes.length || 1) {
  const problems: AuditProblem[] = [];
  const journal = new JournalCheck('j', crc32, problems);
  for (let at = 0; at < bytes.length; at += chunkBytes) journal.take(bytes.subarray(at, at + chunkBytes));
  journal.finish();
  return { journal, problems: problems.map(({ where, what }) => `${where}: ${what}`) };
}

const problemsOf = (journal: Journal) => check(journal.bytes).problems;
const closed = (journal: Journal) => journal.json(recordType.closing, closing);
const cutOff = 'j: the journal does not end with its closing record: the session was killed, or its end was cut off';

describe('a journal that is verified', () => {
  it('holds as it was written, in pieces of any size', () => {
    const { bytes, frames } = session();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: bytes.length }), (chunkBytes) => {
        const { journal, problems } = check(bytes, chunkBytes);
        expect(problems).toEqual([]);
        expect(journal.frames).toBe(frames.length);
        expect(journal.order.counts).toEqual({ requests: 4, permits: 3, deliveries: 2 });
        expect(journal.order.opening).toEqual({ session: 's', limits: { hash: limitsHash } });
        expect(journal.order.closing).toEqual(closing);
      }),
      { numRuns: 40 },
    );
  });

  it('has a place for every byte that was changed', () => {
    const journal = session();
    const { bytes } = journal;
    let begin = journalFileHeader().length;
    for (const frame of journal.frames) {
      for (let at = begin; at < begin + frame.length; at++) {
        const changed = bytes.slice();
        changed[at]! ^= 4;
        expect(check(changed, 100).problems[0], `byte ${at}`).toMatch(new RegExp(`^j, byte ${begin}: `));
      }
      begin += frame.length;
    }
  });

  it('shows where records are missing, repeated or moved, and goes on behind damage', () => {
    const whole = session().frames;
    const of = (...frames: Uint8Array[]) =>
      check(new Uint8Array(Buffer.concat([journalFileHeader(), ...frames]))).problems;
    expect(of(...whole.toSpliced(1, 1))).toEqual(['j, record 2: records 1 to 1 are missing']);
    expect(of(...whole.toSpliced(1, 0, whole[0]!))).toEqual(['j, record 0: it stands behind record 0']);
    expect(of(...whole.toSpliced(1, 1, new Uint8Array(40)))).toEqual([
      expect.stringMatching(/^j, byte \d+: a record is damaged$/),
      'j, record 2: records 1 to 1 are missing',
    ]);
    expect(of(...whole.slice(1))).toEqual([
      'j, record 1: records 0 to 0 are missing',
      'j, record 5: request 1 was delivered under limits 0123456789abcdef…, which were never in force here',
      'j: the journal has no opening record',
    ]);
  });

  it('is found again behind damage, in pieces of any size', () => {
    const { frames } = session();
    const garbage = new Uint8Array(43).fill(0x45);
    const bytes = new Uint8Array(Buffer.concat([journalFileHeader(), frames[0]!, garbage, ...frames.slice(1)]));
    for (let chunkBytes = 1; chunkBytes < 300; chunkBytes++) {
      const { journal, problems } = check(bytes, chunkBytes);
      expect(problems).toEqual([`j, byte ${16 + frames[0]!.length}: a record is damaged`]);
      expect(journal.frames).toBe(frames.length);
    }
  });

  it('H53: is not whole when it was cut, wherever that was', () => {
    const { bytes, frames } = session();
    const ends = frames.map((_, index) => 16 + Buffer.concat(frames.slice(0, index + 1)).length);
    for (let length = 16; length < bytes.length; length++) {
      const { problems } = check(bytes.subarray(0, length));
      expect(problems).toContain(cutOff);
      const isAtEndOfRecord = length === 16 || ends.includes(length);
      expect(problems.some((problem) => problem.includes('ends inside a record'))).toBe(!isAtEndOfRecord);
    }
  });

  it('is looked through even when it does not begin as one', () => {
    const { bytes } = session();
    const other = bytes.with(0, 0);
    expect(check(other).problems).toEqual(['j, byte 0: this is not a journal of version 1']);
    expect(check(bytes.with(8, 2)).problems).toEqual(['j, byte 0: this is not a journal of version 1']);
    expect(check(bytes.subarray(0, 5)).problems).toEqual([
      'j, byte 0: this is not a journal of version 1',
      'j: the journal has no opening record',
      cutOff,
    ]);
    expect(check(new Uint8Array(0)).problems).toHaveLength(3);
  });

  it('does not wait for a record that a false length makes endless', () => {
    const { frames } = session();
    const false_ = new Uint8Array(40);
    new DataView(false_.buffer).setUint32(0, 0x464a5845, true);
    new DataView(false_.buffer).setUint32(4, 1_000_000, true);
    const bytes = new Uint8Array(Buffer.concat([journalFileHeader(), frames[0]!, false_, ...frames.slice(1)]));
    expect(check(bytes, 64).problems).toEqual([expect.stringContaining('ends inside a record')]);
  });
});

describe('what a journal says was delivered', () => {
  it('had a permit, and the permit a request, and the refusal too', () => {
    expect(problemsOf(closed(opened().request(1).delivery(1, 1)))).toEqual([
      'j, record 2: pulse 1 for request 1 had no permit',
    ]);
    expect(problemsOf(closed(opened().permit(1, 1).delivery(1, 1)))).toEqual([
      'j, record 1: request 1 is permitted and was not asked before',
    ]);
    expect(problemsOf(closed(opened().request(1).permit(1, 1).delivery(1, 2)))).toEqual([
      'j, record 3: request 1 was permitted as pulse 1 and answered as pulse 2',
    ]);
    expect(problemsOf(closed(opened().request(1).permit(1, 1).delivery(1, 1).delivery(1, 1)))).toEqual([
      'j, record 4: pulse 1 for request 1 had no permit',
    ]);
    expect(problemsOf(closed(opened().request(1).refusal(1).refusal(1)))).toEqual([
      'j, record 3: request 1 is refused and was not asked before',
    ]);
  });

  it('was delivered under limits that were in force', () => {
    const pulse = (journal: Journal, high: number) => journal.request(1).permit(1, 1).delivery(1, 1).measure(1, high);
    expect(problemsOf(closed(pulse(opened(), 0x76543210)))).toEqual([
      'j, record 4: request 1 was delivered under limits 7654321089abcdef…, which were never in force here',
    ]);
    const tightened = opened().json(recordType.limits, { hash: tightenedHash });
    expect(problemsOf(closed(pulse(tightened, 0x76543210)))).toEqual([]);
    expect(problemsOf(closed(opened().measure(8, 5)))).toEqual([]);
  });

  it('was delivered under limits that were in force, in a journal from before the residual voltage was measured too', () => {
    const pulse = (high: number) => opened().request(1).permit(1, 1).delivery(1, 1).olderMeasure(1, high);
    expect(problemsOf(closed(pulse(0x01234567)))).toEqual([]);
    expect(problemsOf(closed(pulse(0x76543210)))).toEqual([
      'j, record 4: request 1 was delivered under limits 7654321089abcdef…, which were never in force here',
    ]);
  });

  it('can be read: records are as long as their layout, documents are JSON', () => {
    const short = new Uint8Array(4);
    const { request, permit, refusal, delivery, deliveryMeasure } = recordType;
    const broken = opened();
    for (const type of [request, permit, refusal, delivery, deliveryMeasure]) broken.add(type, short);
    const { bytes } = broken.add(recordType.limits, short).json(recordType.closing, closing);
    expect(check(bytes).problems).toEqual([
      `j, record 1: it has 4 bytes and needs ${records.request.bytes}`,
      `j, record 2: it has 4 bytes and needs ${records.permit.bytes}`,
      `j, record 3: it has 4 bytes and needs ${records.refusal.bytes}`,
      `j, record 4: it has 4 bytes and needs ${records.delivery.bytes}`,
      `j, record 5: it has 4 bytes and needs ${records.deliveryMeasure.bytes}`,
      'j, record 6: it is not JSON',
    ]);
    const without = new Journal().json(recordType.opening, { session: 's' }).json(recordType.limits, null);
    expect(problemsOf(closed(without))).toEqual([]);
  });
});
