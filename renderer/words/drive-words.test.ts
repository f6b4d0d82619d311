import { describe, expect, it } from 'vitest';
import { driveReason, runningWords } from './drive-words.ts';

const cells = { name: 'cells', drive: { unit: 'mV', lowest: -112, highest: 88, shortestMilliseconds: 2 } } as const;

describe('what is typed for a drive', () => {
  it('can be injected within the range of its population', () => {
    expect(driveReason(cells, 5, 500)).toBe('');
    expect(driveReason(cells, -112, 2)).toBe('');
  });

  it('is answered with what is wrong and what to choose', () => {
    expect(driveReason(cells, 88.5, 500)).toBe(
      'A drive of 88.5 mV is more than cells can hold. Choose a strength from −112 to 88 mV, other than 0.',
    );
    expect(driveReason(cells, 5, 1)).toBe(
      'A drive cannot last 1 ms. Choose a duration from 2 ms, a tick, to 3600000 ms, an hour.',
    );
    expect(driveReason(cells, null, 500)).toBe('Type how strongly and for how long.');
    expect(driveReason(cells, 5, null)).toBe('Type how strongly and for how long.');
  });

  it('is nothing for recorded units', () => {
    expect(driveReason({ name: 'units' }, 5, 500)).toBe(
      'units fires when recorded units do: nothing can be injected into it. Choose a population that it leads to.',
    );
  });
});

it('a drive that runs says how strong it is and how long it lasts', () => {
  expect(runningWords({ population: 0, strength: 5, unit: 'mV', millisecondsLeft: 420 })).toBe(
    '+5.00\u00a0mV, 0.4\u00a0s left',
  );
  expect(runningWords({ population: 0, strength: -120, unit: 'pA', millisecondsLeft: 61_000 })).toBe(
    '−120\u00a0pA, 61.0\u00a0s left',
  );
});
