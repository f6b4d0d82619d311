import { describe, expect, test } from 'vitest';
import {
  ago,
  clock,
  count,
  measuredCurrent,
  percent,
  quantity,
  sampleRate,
  sentence,
  shortHash,
  span,
  threeDigits,
  withPrefix,
} from './format.ts';

const plainSpaces = (text: string) => text.replaceAll('\u00a0', ' ');

test.each([
  [0.04202, '0.0420'],
  [0.9996, '1.00'],
  [1.234, '1.23'],
  [12.34, '12.3'],
  [123.4, '123'],
  [999.6, '1,000'],
  [1234.4, '1,230'],
  [-1.5, '−1.50'],
  [0, '0'],
  [NaN, '–'],
])('%s is written with three significant digits as %s', (value, words) => {
  expect(threeDigits(value)).toBe(words);
});

test.each([
  [30_000, 'Hz', '30.0 kHz'],
  [0.000_000_001_23, 'C', '1.23 nC'],
  [0.000_83, 's', '830 µs'],
  [999.6, 'V', '1.00 kV'],
  [0, 'A', '0 A'],
])('%s %s takes the prefix that leaves one to three digits before the point: %s', (value, unit, words) => {
  expect(plainSpaces(withPrefix(value, unit))).toBe(words);
});

test('a quantity keeps its unit, and a count without a unit is written in full', () => {
  expect(plainSpaces(quantity(1.23, 'nC'))).toBe('1.23 nC');
  expect(quantity(12_345, '')).toBe('12,345');
});

test('sample rates have no needless zeros', () => {
  expect(plainSpaces(sampleRate(30_000))).toBe('30 kHz');
  expect(plainSpaces(sampleRate(24_414))).toBe('24.4 kHz');
});

test('a measured current keeps its two decimals, and minus zero is zero', () => {
  expect([0, -0, -0.001, 4, 12.346, -3.5].map(measuredCurrent).map(plainSpaces)).toEqual([
    '0.00 µA',
    '0.00 µA',
    '0.00 µA',
    '4.00 µA',
    '12.35 µA',
    '−3.50 µA',
  ]);
  expect(measuredCurrent(NaN)).toBe('–');
});

test('hashes are compared by their first eight digits', () => {
  expect(shortHash('9c1e42ab51f0d7e3')).toBe('9c1e42ab');
});

test('counts have separators', () => {
  expect(count(761_004)).toBe('761,004');
});

describe('times', () => {
  test('a clock shows hh:mm:ss and does not run ahead', () => {
    expect(clock(0)).toBe('00:00:00');
    expect(clock(761.999)).toBe('00:12:41');
    expect(clock(36_000)).toBe('10:00:00');
    expect(clock(NaN)).toBe('--:--:--');
  });

  test('spans are in the two largest units', () => {
    expect(plainSpaces(span(4.9))).toBe('4 s');
    expect(plainSpaces(span(380))).toBe('6 min 20 s');
    expect(plainSpaces(span(11_400))).toBe('3 h 10 min');
    expect(plainSpaces(span(300_000))).toBe('3 d');
  });

  test('what is recent is told to the hundredth of a second', () => {
    expect(plainSpaces(ago(23))).toBe('0.02 s');
    expect(plainSpaces(ago(12_400))).toBe('12 s');
  });
});

test('percentages are whole above ten', () => {
  expect(plainSpaces(percent(0.412))).toBe('41 %');
  expect(plainSpaces(percent(0.033))).toBe('3.3 %');
  expect(plainSpaces(percent(0))).toBe('0 %');
});

test('words of the core become sentences and keep their own end', () => {
  expect(sentence('the source is gone')).toBe('The source is gone.');
  expect(sentence('The source is gone.')).toBe('The source is gone.');
});
