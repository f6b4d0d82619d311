// Lists of electrodes as people write and read them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { electrodeSpans, parseElectrodes } from './electrode-spans.ts';

test('neighbours are written as a span, in order, each electrode once', () => {
  expect(electrodeSpans([20, 3, 2, 1, 2, undefined, 21])).toBe('1–3, 20–21');
  expect(electrodeSpans([7])).toBe('7');
  expect(electrodeSpans([])).toBe('');
});

test('spans are read with hyphens, dashes and spaces', () => {
  expect(parseElectrodes('0-3,7')).toEqual([0, 1, 2, 3, 7]);
  expect(parseElectrodes(' 9 , 4 – 5,5')).toEqual([4, 5, 9]);
  expect(parseElectrodes('4095')).toEqual([4095]);
});

test.each(['', ',', '3-', '-3', '5-3', '4096', '0-4096', '1;2', '1 2', 'a', '1.5', '12345', '0-3,'])(
  '%j is no list of electrodes',
  (text) => {
    expect(parseElectrodes(text)).toBeUndefined();
  },
);

test('what is written is read again', () => {
  const some = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1 });
  fc.assert(
    fc.property(some, (electrodes) => {
      expect(parseElectrodes(electrodeSpans(electrodes))).toEqual([...electrodes].sort((a, b) => a - b));
    }),
  );
});
