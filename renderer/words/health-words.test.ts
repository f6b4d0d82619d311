import { expect, test } from 'vitest';
import { impedanceCounts, impedanceSentence, impedanceTable, readingWords } from './health-words.ts';

const space = '\u00a0';
const electrode = (ohms: number, more: object = {}) => ({
  ...{ electrode: 9, channel: 'E9', ohms, minOhms: 5000, maxOhms: 3e6 },
  ...more,
});

test('a reading is a number with its unit, or why there is none', () => {
  expect(readingWords({ measure: 'sample-rate', value: 30_000.04 })).toBe(`30,000.0${space}Hz`);
  expect(readingWords({ measure: 'arrival-jitter', value: 0.01234 })).toBe(`0.0123${space}ms`);
  expect(readingWords({ measure: 'damaged-messages', value: 0 })).toBe('0');
  expect(readingWords({ measure: 'lease', absent: 'off' })).toBe('output off');
  expect(readingWords({ measure: 'lease' })).toBe('–');
});

test('an electrode says its impedance, its judgement and what is right', () => {
  expect(impedanceSentence(electrode(45_300))).toBe(
    `E9: 45.3${space}kΩ, good (should be 5.00${space}kΩ to 3.00${space}MΩ)`,
  );
  expect(impedanceSentence(electrode(1000, { channel: 'A-009', degrees: -71.6 }))).toMatch(
    /^E9 \(A-009\): 1\.00.kΩ ∠ -72°, too low/,
  );
});

test('electrodes are counted by judgement, the worst first', () => {
  expect(impedanceCounts([1e5, 1e5, 20e6, 1000, 4e6].map((ohms) => electrode(ohms)))).toBe(
    '1 open · 1 too low · 1 high · 2 good',
  );
});

test('the table has a row for each electrode', () => {
  const electrodes = [electrode(45_300.4), electrode(20e6, { channel: 'A-009', degrees: -80 })];
  expect(impedanceTable({ frequencyHz: 1000, electrodes }).join('')).toBe(
    'electrode,channel,ohms,degrees,frequency_hz,judgement,min_ohms,max_ohms\n' +
      '9,E9,45300,,1000,good,5000,3000000\n9,A-009,20000000,-80,1000,open,5000,3000000\n',
  );
});
