import { expect, test } from 'vitest';
import type { LiveHeader } from '../../common/contract/streams.ts';
import { packSections } from '../../common/transport/sections.ts';
import { rigStatus } from '../dev/scenes.ts';
import { InventedStream } from '../plots/demo/invented-stream.ts';
import { FakePageTime } from '../time/fake-page-time.ts';
import { LiveFeed } from './live-feed.svelte.ts';

function begin() {
  const time = new FakePageTime();
  const acknowledged: number[] = [];
  const spikes: number[] = [];
  const states: string[] = [];
  const looks: number[] = [];
  const feed = new LiveFeed(
    {
      status: (status) => states.push(status.interlock.state),
      samples: (header, arrays) => spikes.push(header.traces.bins, arrays.traceMin.length),
      network: ({ tick }) => looks.push(tick),
      acknowledge: (frame) => acknowledged.push(frame),
    },
    time,
  );
  const stream = new InventedStream(4, 10);
  const message = (frame: number, more: Partial<LiveHeader> = {}) => {
    const { header, arrays } = stream.next(33);
    return packSections({ ...header, frame, status: rigStatus('live', 'safe'), ...more }, arrays);
  };
  return { time, feed, message, acknowledged, spikes, states, looks };
}

test('a message is handed on at once and acknowledged only when it has been drawn', () => {
  const { time, feed, message, acknowledged, spikes, states } = begin();
  feed.take(message(1));
  expect(states).toEqual(['safe']);
  expect(spikes).toEqual([132, 4 * 132]);
  expect(acknowledged).toEqual([]);
  time.drawFrame();
  expect(acknowledged).toEqual([1]);
  feed.dispose();
});

test('a look into the network is handed on with the message that carries it', () => {
  const { feed, message, looks } = begin();
  const network = { tick: 3, electrodes: 4, inputs: [], populations: [], projections: [], signals: [], readouts: [] };
  feed.take(message(1));
  feed.take(message(2, { network }));
  feed.take(message(3));
  expect(looks).toEqual([3]);
  feed.dispose();
});

test('messages between two drawings are acknowledged by the newest', () => {
  const { time, feed, message, acknowledged } = begin();
  for (const frame of [5, 6, 7]) feed.take(message(frame));
  time.drawFrame();
  expect(acknowledged).toEqual([7]);
  feed.dispose();
});

test('frames per second count what was drawn', () => {
  const { time, feed, message } = begin();
  for (let frame = 1; frame <= 30; frame++) {
    feed.take(message(frame));
    time.drawFrame();
    time.advance(33);
  }
  time.advance(10);
  expect(feed.framesPerSecond).toBe(30);
  time.advance(1000);
  expect(feed.framesPerSecond).toBe(0);
  feed.dispose();
});

test('frame numbers of an earlier connection are never acknowledged to the next', () => {
  const { time, feed, message, acknowledged } = begin();
  feed.take(message(900));
  feed.reset();
  time.drawFrame();
  expect(acknowledged).toEqual([]);
  feed.dispose();
  expect(time.pending).toBe(0);
});
