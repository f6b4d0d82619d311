import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReport, reportBytesMax, reportBytesMin, reportOverheadBytes, writeReport } from './hid-report.ts';
import { roles } from './messages.ts';
import { ReportReader, ReportWriter } from './report-line.ts';

const header = fc.record({
  kind: fc.constantFrom('fragment', 'samples', 'goodbye'),
  channel: fc.constantFrom(...roles),
  isFirst: fc.boolean(),
  isLast: fc.boolean(),
  connection: fc.nat(255),
  sequence: fc.nat(65_535),
});

describe('HID reports', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(
        header,
        fc.integer({ min: reportBytesMin, max: reportBytesMax }),
        fc.nat(1000),
        (written, bytes, most) => {
          const payload = new Uint8Array(Math.min(most, bytes - reportOverheadBytes)).fill(most);
          expect(readReport(writeReport(written, payload, bytes, crc32), crc32)).toEqual({ ...written, payload });
        },
      ),
    );
  });

  it('are not read with any bit changed, cut, or without a field’s meaning', () => {
    const report = writeReport(
      { kind: 'fragment', channel: 'control', isFirst: true, isLast: false, connection: 1, sequence: 2 },
      Uint8Array.of(1, 2, 3),
      reportBytesMin,
      crc32,
    );
    for (let bit = 0; bit < report.length * 8; bit++)
      expect(readReport(report.with(bit >> 3, report[bit >> 3]! ^ (1 << (bit & 7))), crc32)).toBeUndefined();
    expect(readReport(report.subarray(1), crc32)).toBeUndefined();
    expect(readReport(new Uint8Array(reportBytesMax + 1), crc32)).toBeUndefined();
    const resealed = (at: number, value: number) => {
      const changed = report.with(at, value);
      new DataView(changed.buffer).setUint32(60, crc32(changed.subarray(0, 60)), true);
      return readReport(changed, crc32);
    };
    expect(resealed(0, 0x13)).toBeUndefined();
    expect(resealed(0, 0x1c)).toBeUndefined();
    expect(resealed(0, 0x50)).toBeUndefined();
    expect(resealed(4, 55)).toBeUndefined();
    expect(resealed(4, 54)?.payload).toHaveLength(54);
  });
});

describe('damaged HID reports', () => {
  it('are never read: 20,000 with up to eight bits changed', () => {
    const whole = fc.record({ written: header, payload: fc.uint8Array({ maxLength: 54 }) });
    const bits = fc.uniqueArray(fc.nat(reportBytesMin * 8 - 1), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(whole, bits, ({ written, payload }, changed) => {
        const report = writeReport(written, payload, reportBytesMin, crc32);
        for (const bit of changed) report[bit >> 3]! ^= 1 << (bit & 7);
        expect(readReport(report, crc32)).toBeUndefined();
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('frames over HID reports', () => {
  const options = { channel: 'data', connection: 3, reportBytes: 64, checksum: crc32 } as const;
  const read = (bytes: Uint8Array) => readReport(bytes, crc32)!;

  it('arrive whole whatever their length, beyond the 65,536th report', () => {
    const writer = new ReportWriter(options);
    const reader = new ReportReader(4_000_000);
    for (const bytes of [1, 54, 55, 108, 3_600_000, 200]) {
      const frame = Uint8Array.from({ length: bytes }, (_, at) => at);
      const arrived = writer.frame(frame).map((report) => {
        expect(reader.isNew(read(report))).toBe(true);
        return reader.frame(read(report));
      });
      expect(Buffer.compare(arrived.at(-1)!, frame)).toBe(0);
      expect(arrived.slice(0, -1).every((part) => part === undefined)).toBe(true);
    }
    expect(reader.counts).toMatchObject({ lost: 0, late: 0, brokenFrames: 0 });
  });

  it('none is made of a frame with a hole, and every missing number is counted', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 60 }), (fates) => {
        const writer = new ReportWriter(options);
        const reader = new ReportReader(1000);
        const frames = fates.map((_, index) => new Uint8Array(100).fill(index));
        const arrived: number[] = [];
        let lost = 0;
        frames.forEach((frame, index) => {
          const reports = writer.frame(frame);
          const kept = reports.filter((_, part) => fates[index] !== part + 1);
          lost += reports.length - kept.length;
          for (const report of fates[index] === 3 ? [...kept, kept[1]!] : kept) {
            if (!reader.isNew(read(report))) continue;
            const whole = reader.frame(read(report));
            if (whole === undefined) continue;
            expect(new Set(whole)).toEqual(new Set([index]));
            expect(whole).toHaveLength(100);
            arrived.push(index);
          }
        });
        for (const report of writer.frame(Uint8Array.of(1))) reader.isNew(read(report));
        expect(arrived).toEqual(
          frames.flatMap((_, index) => (fates[index] === 0 || fates[index] === 3 ? [index] : [])),
        );
        expect(reader.counts.lost).toBe(lost);
      }),
    );
  });

  it.each([[32_767], [32_768], [40_000], [65_535], [65_536], [65_546], [150_000]])(
    '%i reports that are lost at once are counted by another count, though numbers come round',
    (lost) => {
      const reader = new ReportReader(100);
      const numbered = (sequence: number) =>
        read(
          writeReport(
            { kind: 'samples', channel: 'data', isFirst: true, isLast: true, connection: 3, sequence },
            new Uint8Array(0),
            ...([64, crc32] as const),
          ),
        );
      expect(reader.isNew(numbered(0))).toBe(true);
      expect(reader.isNew(numbered((1 + lost) % 65_536), lost)).toBe(true);
      expect(reader.isNew(numbered((2 + lost) % 65_536))).toBe(true);
      expect(reader.isNew(numbered((1 + lost) % 65_536), -1)).toBe(false);
      expect(reader.counts).toMatchObject({ received: 3, lost, late: 1, repeated: 0 });
    },
  );

  it('a frame that is too long is given up', () => {
    const writer = new ReportWriter(options);
    const reader = new ReportReader(100);
    const ends = writer.frame(new Uint8Array(150)).map((report) => reader.frame(read(report)));
    expect(ends).toEqual([undefined, undefined, undefined]);
    expect(reader.counts.brokenFrames).toBe(2);
  });
});
