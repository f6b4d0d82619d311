import { describe, expect, it } from 'vitest';
import { BetweenTicks } from './between-ticks.ts';
import { hostTime } from './rig-time.ts';

function begin() {
  const events: string[] = [];
  const loop = {
    isSimulationPaused: false,
    pauseSimulation() {
      events.push('stands still');
      this.isSimulationPaused = true;
    },
    resumeSimulation() {
      events.push('goes on');
      this.isSimulationPaused = false;
    },
  };
  const between = new BetweenTicks(loop, { isBusy: false }, hostTime);
  const act = (name: string) =>
    between.run((wasPaused) => {
      events.push(`${name}${wasPaused ? ', paused' : ''}`);
      return Promise.resolve(name);
    });
  return { events, loop, between, act };
}

describe('what is done between ticks', () => {
  it('is done one after the other, each while the population stands still', async () => {
    const { events, between, act } = begin();
    const both = Promise.all([act('first'), act('second')]);
    expect(between.isBusy).toBe(true);
    expect(await both).toEqual(['first', 'second']);
    expect(between.isBusy).toBe(false);
    expect(events).toEqual(['stands still', 'first', 'goes on', 'stands still', 'second', 'goes on']);
  });

  it('leaves a population paused that the operator has paused', async () => {
    const { events, loop, act } = begin();
    loop.pauseSimulation();
    await act('first');
    expect(loop.isSimulationPaused).toBe(true);
    expect(events.at(-1)).toBe('first, paused');
  });

  it('that fails is a problem in words, and what waits behind it is done', async () => {
    const { between, act } = begin();
    const failing = between.run(() => Promise.reject(new Error('the connection has ended')));
    const next = act('next');
    expect(await failing).toEqual({ problem: 'the connection has ended' });
    expect(await next).toBe('next');
  });
});
