import { expect, it } from 'vitest';
import { Timeline } from '../journal/timeline.ts';
import type { NwbFile } from './nwb-file.ts';
import { SessionEvents } from './session-events.ts';

it('a mark that was written after a later one stands where it belongs', () => {
  const written = new Map<string, { seconds: number[]; texts: string[] }>();
  const nwb: Pick<NwbFile, 'timedSeries'> = {
    timedSeries: (path, _about, seconds, texts) =>
      void written.set(path, { seconds: [...seconds], texts: texts as string[] }),
  };
  const timeline = new Timeline(1000, 1);
  const events = new SessionEvents(nwb as NwbFile, timeline);
  timeline.block({ firstSample: 0, acquiredNs: 0, sampleCount: 5000, channels: 1 });
  events.mark({ text: 'drug added', sampleIndex: 2000 });
  const trigger = { name: 'Light on', control: 'left pedal', device: 'FootSwitch', pressedNs: 0 };
  events.mark({ text: 'Light on (left pedal)', sampleIndex: 1500, trigger });
  events.finish();
  expect(written.get('/acquisition/operator_marks')).toEqual({
    seconds: [1.5, 2],
    texts: ['Light on (left pedal)', 'drug added'],
  });
});
