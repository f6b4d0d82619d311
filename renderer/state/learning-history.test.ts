import { describe, expect, it } from 'vitest';
import type { NetworkPicture } from '../../common/contract/network-picture.ts';
import { historyCapacity, LearningHistory } from './learning-history.ts';

const picture = (tick: number, reward: number, mean: number) =>
  ({
    tick,
    signals: [{ name: 'reward', kind: 'reward', values: [reward], isHeld: false }],
    projections: [{ name: 'p', synapsesNow: { variables: [{ symbol: 'e', lowest: 0, highest: 0, mean }] } }],
  }) as unknown as NetworkPicture;

describe('the history of learning', () => {
  it('keeps signals and means of variables in order, each picture once', () => {
    const history = new LearningHistory();
    history.take(picture(1, 0.5, 2));
    history.take(picture(1, 0.5, 2));
    history.take(picture(3, 0.7, 3));
    expect(history.signal('reward')).toEqual([[0.5, 0.7]]);
    expect(history.variable('p', 'e')).toEqual([2, 3]);
  });

  it('keeps a minute', () => {
    const history = new LearningHistory();
    for (let tick = 0; tick < historyCapacity + 10; tick++) history.take(picture(tick, tick, 0));
    const [line] = history.signal('reward');
    expect([line!.length, line!.at(-1)]).toEqual([historyCapacity, historyCapacity + 9]);
  });

  it('begins anew with another network', () => {
    const history = new LearningHistory();
    history.take(picture(100, 1, 1));
    history.take(picture(2, 5, 1));
    expect(history.signal('reward')).toEqual([[5]]);
  });
});
