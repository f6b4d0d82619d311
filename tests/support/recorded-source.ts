// Sessions that record from an emulated recorder: every sample against what was sent.
import { join } from 'node:path';
import { expect } from 'vitest';
import { visitJournal } from '../../analysis/journal/record-visitor.ts';
import { NwbReader } from '../../analysis/nwb/nwb-reader.fixture.ts';
import type { DisposableStore } from '../../common/base/disposable.ts';
import { journalFileName } from '../../common/journal/session-documents.ts';
import type { FinishedSession } from '../../main/application/finish-session.ts';
import type { Lab } from './lab.ts';

/** Resolves when so much has been recorded. */
export async function record({ operator }: Lab, file: string, seconds: number): Promise<void> {
  await operator.connect(file, 'real-time');
  await operator.give('run.start', { operator: 'test' });
  await operator.until(({ session }) => session.elapsedSeconds >= seconds, 20, 'the recording');
}

/**
 * Each sample of the NWB file against what the emulation sends at its number.
 * @param sent of a sample's number and a channel
 * @param owner of the reader
 * @returns samples of the recording
 */
export async function expectEverySample(
  { folder, nwb }: FinishedSession,
  channels: number,
  sent: (sample: number, channel: number) => number,
  owner: DisposableStore,
): Promise<number> {
  const numbers: number[] = [];
  const faults: string[] = [];
  await visitJournal(join(folder, journalFileName), [
    {
      block: ({ firstSample, sampleCount }) => {
        for (let index = 0; index < sampleCount; index++) numbers.push(firstSample + index);
      },
      fault: ({ message }) => faults.push(message),
    },
  ]);
  const reader = owner.add(new NwbReader(nwb ?? ''));
  expect(reader.shape('/acquisition/raw/data'), faults.join('\n')).toEqual([numbers.length, channels]);
  const values = reader.numbers('/acquisition/raw/data');
  const wrong = values.findIndex(
    (value, index) => value !== sent(numbers[Math.floor(index / channels)]!, index % channels),
  );
  expect(wrong).toBe(-1);
  return numbers.length;
}
