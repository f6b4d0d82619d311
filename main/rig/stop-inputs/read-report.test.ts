import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StopInputMapping } from '../../../common/contract/stop-inputs.ts';
import { readReport } from './read-report.ts';

const report = fc.uint8Array({ maxLength: 64 });
const mapping = fc.record({
  byte: fc.nat(63),
  mask: fc.integer({ min: 1, max: 255 }),
  pressedWhen: fc.constantFrom<StopInputMapping['pressedWhen'][]>('set', 'clear'),
});

describe('a report without a mapping', () => {
  it('is rest when all of it is zero', () => {
    expect(readReport(new Uint8Array(8))).toBe('rest');
  });

  it.each([[[0, 0, 4, 0, 0, 0, 0, 0]], [[1, 0, 1]], [[7]]])('is a press when it is %j', (bytes) => {
    expect(readReport(Uint8Array.from(bytes))).toBe('pressed');
  });

  it('cannot be told when only its first byte is not zero, or when it is empty', () => {
    expect(readReport(Uint8Array.of(1, 0, 0))).toBe('unknown');
    expect(readReport(new Uint8Array(0))).toBe('unknown');
  });

  it('is rest for no other bytes than zeros', () => {
    fc.assert(
      fc.property(report, (bytes) => {
        const isZero = bytes.length > 0 && bytes.every((byte) => byte === 0);
        expect(readReport(bytes) === 'rest').toBe(isZero);
      }),
    );
  });
});

describe('a report with a mapping', () => {
  const button: StopInputMapping = { byte: 1, mask: 0b0110, pressedWhen: 'set' };

  it.each([
    [0b0000, 'rest'],
    [0b1001, 'rest'],
    [0b0010, 'pressed'],
    [0b0110, 'pressed'],
  ])('is a press when any bit of the mask is set: %i is %s', (byte, reading) => {
    expect(readReport(Uint8Array.of(9, byte), button)).toBe(reading);
  });

  it.each([
    [0b0110, 'rest'],
    [0b1111, 'rest'],
    [0b0100, 'pressed'],
    [0b0000, 'pressed'],
  ])('H81: of a normally-closed contact is a press when any bit is clear: %i is %s', (byte, reading) => {
    expect(readReport(Uint8Array.of(9, byte), { ...button, pressedWhen: 'clear' })).toBe(reading);
  });

  it('cannot be told when it is too short to hold the byte', () => {
    expect(readReport(Uint8Array.of(2), button)).toBe('unknown');
  });

  it('is read from its one byte alone, whatever the others are', () => {
    fc.assert(
      fc.property(report, mapping, fc.nat(255), (bytes, where, noise) => {
        const changed = bytes.map((byte, index) => (index === where.byte ? byte : byte ^ noise));
        expect(readReport(changed, where)).toBe(readReport(bytes, where));
      }),
    );
  });
});

it('every report has a reading, with every mapping', () => {
  fc.assert(
    fc.property(report, fc.option(mapping, { nil: undefined }), (bytes, where) => {
      expect(['rest', 'pressed', 'unknown']).toContain(readReport(bytes, where));
    }),
  );
});
