import { expect, test } from 'vitest';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import { rigStatus } from '../dev/scenes.ts';
import { SourceWatch } from './source-watch.svelte.ts';

function recording(elapsedSeconds: number, source: Partial<RigStatus['source']> = {}): RigStatus {
  const status = rigStatus('recording', 'stimulating');
  status.session.elapsedSeconds = elapsedSeconds;
  Object.assign(status.source, source);
  return status;
}

test('a source that sends nothing for a quarter of a second is reported with its time', () => {
  const watch = new SourceWatch();
  watch.note(recording(10));
  expect(watch.alarms).toEqual([]);
  watch.note(recording(10.3, { newestSampleAgeMilliseconds: 300 }));
  watch.note(recording(10.3, { newestSampleAgeMilliseconds: 900 }));
  expect(watch.alarms).toMatchObject([{ kind: 'stalled', isGoingOn: true, atSeconds: 10.3, amount: 900 }]);
});

test('an alarm that is over stays until it is seen, one that goes on stays all the same', () => {
  const watch = new SourceWatch();
  watch.note(recording(10));
  watch.note(recording(10, { newestSampleAgeMilliseconds: 700 }));
  watch.see('stalled');
  expect(watch.alarms).toHaveLength(1);
  watch.note(recording(11, { newestSampleAgeMilliseconds: 1 }));
  expect(watch.alarms).toMatchObject([{ kind: 'stalled', isGoingOn: false, amount: 700 }]);
  watch.see('stalled');
  expect(watch.alarms).toEqual([]);
});

test('lost samples are counted from the last time somebody has seen them', () => {
  const watch = new SourceWatch();
  watch.note(recording(1));
  watch.note(recording(2, { samplesLost: 300, gaps: 1 }));
  watch.note(recording(3, { samplesLost: 500, gaps: 3 }));
  expect(watch.alarms).toMatchObject([{ kind: 'lost', atSeconds: 2, amount: 500, gaps: 3 }]);
  watch.see('lost');
  watch.note(recording(4, { samplesLost: 500, gaps: 3 }));
  expect(watch.alarms).toEqual([]);
  watch.note(recording(5, { samplesLost: 510, gaps: 4 }));
  expect(watch.alarms).toMatchObject([{ kind: 'lost', atSeconds: 5, amount: 10, gaps: 1 }]);
});

test('what was there before the page was opened has no time', () => {
  const watch = new SourceWatch();
  watch.note(recording(60, { samplesLost: 40, gaps: 1 }));
  expect(watch.alarms).toMatchObject([{ kind: 'lost', atSeconds: undefined, amount: 40 }]);
});

test('a source that is gone is reported as gone, not as silent', () => {
  const watch = new SourceWatch();
  watch.note(recording(1));
  watch.note(recording(2, { closedReason: 'the virtual rig was unplugged', newestSampleAgeMilliseconds: 5000 }));
  expect(watch.alarms.map(({ kind }) => kind)).toEqual(['closed']);
});

test('another connection begins with a clean sheet', () => {
  const watch = new SourceWatch();
  watch.note(recording(2, { samplesLost: 300, gaps: 1 }));
  watch.note(rigStatus('idle', 'safe'));
  expect(watch.alarms).toEqual([]);
  watch.note(recording(0, { samplesLost: 5, gaps: 1 }));
  expect(watch.alarms).toMatchObject([{ amount: 5 }]);
});
