import { describe, expect, it } from 'vitest';
import { spreadOf } from '../../../../common/bench/time-spread.ts';
import type { HidLineRun } from '../../../../common/bench/hid-run.ts';
import { hidPartsOf, reportBytesOf } from './bench-hid/parts.ts';
import { isClean } from './bench-hid.ts';

const run: HidLineRun = {
  ...{ reportBytes: 64, sampleRateHz: 8000, channels: 16, seconds: 1, blocks: 1000, samples: 8000 },
  ...{ reportsPerSecond: 8000, samplesPerSecond: 8000, betweenBlocksMs: spreadOf([1]) },
  counted: { lost: 5, repeated: 0, late: 0, damaged: 0 },
  ...{
    missingSamples: 5,
    uncountedSamples: 0,
    samplesNotTaken: 0,
    wrongSamples: 0,
    fault: undefined,
    latency: undefined,
  },
};
const fuzz = { damaged: 10, accepted: 3, wrong: 0, crashes: 0, longestMs: 1 };
const fuzzes = { reports: fuzz, messages: fuzz, bodies: fuzz };

describe('the result of the HID bench', () => {
  it('is clean when every loss was counted and no damage believed', () => {
    expect(isClean({ lines: { 'reports-64': run }, fuzz: fuzzes })).toBe(true);
  });

  it.each([
    ['a sample is missing that was not counted', { uncountedSamples: 1 }],
    ['a sample is wrong', { wrongSamples: 1 }],
    ['the line has ended', { fault: 'the HID rig is gone' }],
    ['nothing has come', { blocks: 0 }],
  ])('is not when %s', (_, change) => {
    expect(isClean({ lines: { 'reports-64': { ...run, ...change } }, fuzz: undefined })).toBe(false);
  });

  it('is not when damage was believed, or a parser has thrown', () => {
    for (const change of [{ wrong: 1 }, { crashes: 1 }])
      expect(isClean({ lines: {}, fuzz: { ...fuzzes, bodies: { ...fuzz, ...change } } })).toBe(false);
  });
});

it('parts are chosen by name, and each line has its length of reports', () => {
  expect(hidPartsOf('fuzz, Reports-512')).toEqual(['reports-512', 'fuzz']);
  expect(() => hidPartsOf('usb')).toThrow('--only names parts out of reports-64, reports-128, reports-512');
  expect(hidPartsOf(undefined).map(reportBytesOf)).toEqual([64, 128, 512, 1024, 64, undefined]);
});
