import { expect, it } from 'vitest';
import type { ImportReport } from '../../../../common/journal/analysis-message.ts';
import { importLines } from './import.ts';

const report: ImportReport = {
  sidecar: 'folder/recording.json',
  format: 'Intan RHD 3.3',
  channels: 32,
  sampleCount: 60_000,
  sampleRateHz: 30_000,
  seconds: 2,
  microvoltsPerBit: 0.195,
  events: 3,
  slips: null,
  notes: ['Something was left out.'],
};

it('an import tells what was read, what was left out, and how an experiment names it', () => {
  expect(importLines(report)).toEqual([
    'Intan RHD 3.3: 32 channels at 30000 Hz, 2.000 s, 0.195 µV per bit, 3 events.',
    'note: Something was left out.',
    'An experiment replays it with',
    '  source:',
    '    kind: replay',
    '    recording: "folder/recording.json"',
  ]);
  const slips = (count: number) => importLines({ ...report, slips: { count, places: [] } })[0];
  expect(slips(0)).toMatch(/3 events, no channel slips\.$/);
  expect(slips(309)).toMatch(/, 309 channel slips\.$/);
});
