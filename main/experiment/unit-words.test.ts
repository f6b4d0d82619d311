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
    ['impedanceMaxKiloohms', 'impedancemax', 'kΩ'],
    ['impedanceMaxMegaohm', 'impedancemax', 'MΩ'],
    ['areaSquareMillimetres', 'area', 'mm²'],
    ['area_um2', 'area', 'µm²'],
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
    ['0.05mm2', 0.05, 'mm2'],
    ['707 µm²', 707, 'µm²'],
    ['5 kΩ', 5, 'kΩ'],
  ])('%j', (text, value, symbol) => {
    expect(parseMeasure(text)).toEqual({ value, symbol });
  });

  test.each(['', 'mA', 'two mA', '1,000', '2 m A', '1 2', '1e999'])('but not %j', (text) => {
    expect(parseMeasure(text)).toBeUndefined();
  });
});

test('a unit is known by each of the ways in which people write its symbol', () => {
  expect(unitOfSymbol('um2')).toBe(unitOfSymbol('µm²'));
  expect(unitOfSymbol('k\u2126')).toBe(unitOfSymbol('kΩ'));
  expect(unitOfSymbol('\u03BCA')).toBe(unitOfSymbol('\u00B5A'));
});

test('units of one quantity are converted without the dust of binary fractions', () => {
  const [milliamps, microamps, volts] = ['mA', 'uA', 'V'].map(unitOfSymbol);
  expect(convert(0.0023, milliamps!, microamps!)).toBe(2.3);
  expect(convert(1, volts!, microamps!)).toBeUndefined();
});
