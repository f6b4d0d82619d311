import { describe, expect, it } from 'vitest';
import { withOtherEnd } from '../message-line.fixture.ts';
import { RecorderLine } from './recorder-line.ts';
import type { FromRecorder, ToRecorder } from './recorder-messages.ts';

describe('RecorderLine', () => {
  it('H51: reckons how long the disk lasts at the present rate, and knows nothing of it when a new recording begins', async () => {
    let nowNs = 0;
    await withOtherEnd<RecorderLine, ToRecorder, FromRecorder>(
      (port) => new RecorderLine(port, () => nowNs),
      async (line, { received, say }) => {
        const open = async () => {
          const opening = line.open('/sessions/one', '{}');
          await received(1);
          await say({ kind: 'opened', folder: '/sessions/one' });
          return opening;
        };
        expect(await open()).toBeUndefined();
        await say({ kind: 'progress', bytes: 0, freeBytes: 5000 });
        expect(line.freeSeconds).toBeUndefined();
        nowNs = 2e9;
        await say({ kind: 'progress', bytes: 2000, freeBytes: 3000 });
        expect([line.writtenBytes, line.freeSeconds]).toEqual([2000, 3]);
        void line.open('/sessions/two', '{}');
        expect([line.writtenBytes, line.freeSeconds]).toEqual([0, undefined]);
      },
    );
  });
});
