// Starts the stand-alone page of the plots. Address: ?theme=dark|light|contrast &mode=sweep|scroll &window=1 &seconds=12 (filled at once) &channels=64 &neurons=1000 &still
import { mount } from 'svelte';
import { FrameScheduler } from '../frame-scheduler.ts';
import { LiveBuffers } from '../live-buffers.ts';
import './demo.css';
import Demo from './Demo.svelte';
import { InventedStream } from './invented-stream.ts';

const asked = new URLSearchParams(location.search);
const number = (name: string, otherwise: number) => Number(asked.get(name) ?? otherwise);
const messageMilliseconds = 33;

const theme = asked.get('theme') ?? 'dark';
document.documentElement.dataset['theme'] = theme;
const stream = new InventedStream(number('channels', 64), number('neurons', 1_000));
const live = new LiveBuffers();
const frames = new FrameScheduler(window);
const thresholdsMicrovolts = stream.thresholdsMicrovolts;
const settings = {
  mode: asked.get('mode') === 'scroll' ? 'scroll' : 'sweep',
  windowSeconds: number('window', 1),
} as const;
mount(Demo, {
  target: document.querySelector('#page')!,
  props: { frames, live, theme, thresholdsMicrovolts, settings },
});

function push(milliseconds: number) {
  const { header, arrays } = stream.next(milliseconds);
  live.push(header, arrays);
}

const filledMilliseconds = number('seconds', 0) * 1_000;
for (let done = 0; done < filledMilliseconds; done += 100) {
  if (asked.has('loss') && done === filledMilliseconds - 400) stream.loseSamples(60);
  push(100);
}

/** Takes up what the clock asks for, as the rig does. */
function follow() {
  let pushedMilliseconds = performance.now();
  setInterval(() => {
    const due = Math.floor(performance.now() - pushedMilliseconds);
    if (due <= 0) return;
    pushedMilliseconds += due;
    push(due);
  }, messageMilliseconds);
}

/** The tab's title says what drawing costs. */
function showCost() {
  const { framesPerSecond, p50Milliseconds, p95Milliseconds } = frames.recent();
  const cost = `p50 ${p50Milliseconds.toFixed(1)} ms, p95 ${p95Milliseconds.toFixed(1)} ms`;
  document.title = `${framesPerSecond.toFixed(0)} frames/s, ${cost} of drawing`;
}

setInterval(showCost, 1_000);
if (!asked.has('still')) follow();
Object.assign(window, { demo: { frames, live, push, stream } });
