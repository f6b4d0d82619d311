import { it } from 'vitest';
import { sessionFixture, writeSessionFixture } from '../journal/session.fixture.ts';
import { exportNwb } from './export-nwb.ts';
it('x', async () => {
  for (const [name, options] of [['plain', {}], ['gap', {gapAtTick: 700}], ['killed', {ticks: 100, isClosed: false}]] as const) {
    writeSessionFixture('/tmp/nwbprobe/'+name, sessionFixture(options));
    console.log(await exportNwb({ folder: '/tmp/nwbprobe/'+name }));
  }
});
