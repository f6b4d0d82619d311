// Units in keys and in values.
import { describe, expect, test } from 'vitest';
import { convert, parseMeasure, splitKey, unitOfSymbol } from './unit-words.ts';

describe('a key ends in a unit', () => {
  test.each([
    ['amplitudeMilliamps', 'amplitude', 'mA'],
    ['amplitudeMilliamp', 'amplitude', 'mA'],
    ['amplitude_mA', 'amplitude', 'mA'],
    ['amplitudemA', 'amplitude', 'mA'],
    ['amplitudeMa', 'amplitude', 'mA'],
    ['phaseUs', 'phase', 'µs'],
    ['phaseµs', 'phase', 'µs'],
    ['noise_mv', 'noise', 'mV'],
    ['rateMaxKhz', 'ratemax', 'kHz'],
    ['leaseMilliseconds', 'lease', 'ms'],
    ['seconds', '', 's'],
  ])('%s', (key, base, symbol) => {
    const split = splitKey(key);
    expect(split.base).toBe(base);
    expect(split.unit).toBe(unitOfSymbol(symbol));
    expect(split.unit).toBeDefined();
  });

  test.each(['neurons', 'channels', 'phaseMin', 'name', 'seed'])('but not %s', (key) => {
    expect(splitKey(key).unit).toBeUndefined();
  });
});

describe('a number with a unit is read', () => {
  test.each([
    ['2 mA', 2, 'mA'],
    ['-2.5e-3V', -2.5e-3, 'V'],
    ['2,5', 2.5, ''],
    ['1_000', 1000, ''],
    ['.5 µA', 0.5, 'µA'],
  ])('%j', (text, value, symbol) => {
    expect(parseMeasure(text)).toEqual({ value, symbol });
  });

  test.each(['', 'mA', 'two mA', '1,000', '2 m A', '1 2', '1e999'])('but not %j', (text) => {
    expect(parseMeasure(text)).toBeUndefined();
  });
});

test('units of one quantity are converted without the dust of binary fractions', () => {
  const [milliamps, microamps, volts] = ['mA', 'uA', 'V'].map(unitOfSymbol);
  expect(convert(0.0023, milliamps!, microamps!)).toBe(2.3);
  expect(convert(1, volts!, microamps!)).toBeUndefined();
});
