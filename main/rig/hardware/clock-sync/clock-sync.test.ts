// Sync pulses given, seen and fitted on a clock that the test moves; and what is said when one of the two is silent.
import { expect, it, vi } from 'vitest';
import { ClockSync } from './clock-sync.ts';

const sampleRateHz = 20_000;
/** Of the board over this computer, µs, and of the source over the board. */
const boardAhead = 5e6;
const sourceAhead = -3e6;
const partsPerMillion = 80;

function bench() {
  let now = 0;
  const given: { outputs: number; microseconds: number }[] = [];
  const played = { isSeen: true, lateMicroseconds: 0, isAnswering: true };
  let seed = 1;
  const sync: ClockSync = new ClockSync({
    output: 3,
    sampleRateHz,
    random: () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647,
    setOutputs(outputs) {
      const microseconds = now / 1000 + boardAhead;
      given.push({ outputs, microseconds });
      if (!played.isAnswering) return Promise.reject(new Error('the board does not answer'));
      if (outputs !== 0 && played.isSeen)
        sync.noteEdge({ sample: sampleAt(microseconds) + played.lateMicroseconds / 50, receivedNs: now + 40e6 });
      return Promise.resolve({ outputsSetMicroseconds: microseconds });
    },
  });
  const sampleAt = (board: number) =>
    Math.ceil(((board + sourceAhead + ((board - boardAhead) * partsPerMillion) / 1e6) * sampleRateHz) / 1e6);
  return {
    sync,
    given,
    played,
    sampleAt,
    now: () => now,
    async run(seconds: number) {
      for (const end = now + seconds * 1e9; now < end; now += 5e6) {
        sync.look(now);
        // The board's answers.
        await Promise.resolve();
        await Promise.resolve();
      }
    },
  };
}

it('gives pulses of 20 ms at random intervals on its output, and nothing on any other', async () => {
  const { run, given } = bench();
  await run(20);
  const rises = given.filter(({ outputs }) => outputs !== 0).map(({ microseconds }) => microseconds);
  expect(new Set(given.map(({ outputs }) => outputs))).toEqual(new Set([0, 8]));
  const gaps = rises.slice(1).map((time, index) => time - rises[index]!);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(320_000);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(730_000);
  expect(new Set(gaps.map((gap) => Math.round(gap / 20_000))).size).toBeGreaterThan(8);
});

it('aligns the clocks, and turns a time of the board into a sample', async () => {
  const { run, sync, sampleAt, now } = bench();
  expect(sync.status(0)).toMatchObject({ isAligned: false });
  expect(sync.fault(0)?.code).toBe('sync-lost');
  expect(sync.sampleAt(1e6)).toBeUndefined();
  await run(12);
  const { isAligned, fit, ageSeconds, problem } = sync.status(now());
  expect(problem).toBeUndefined();
  expect(isAligned).toBe(true);
  expect(Math.abs(fit!.driftPartsPerMillion - partsPerMillion)).toBeLessThan(5);
  expect(fit!.residualMicroseconds).toBeLessThan(40);
  expect(ageSeconds).toBeLessThan(1.5);
  const board = now() / 1000 + boardAhead;
  expect(Math.abs(sync.sampleAt(board)! - sampleAt(board))).toBeLessThanOrEqual(2);
  expect(sync.fault(now())).toBeUndefined();
});

it('is lost five seconds after the last pulse that the source has seen, and found again', async () => {
  const { run, sync, played, now } = bench();
  await run(12);
  played.isSeen = false;
  await run(4);
  expect(sync.fault(now())).toBeUndefined();
  await run(2.5);
  expect(sync.fault(now())).toMatchObject({ code: 'sync-lost' });
  expect(sync.fault(now())!.message).toMatch(
    /has seen no sync pulse for [5-7]\.\d s, and 5 s are allowed: check the wire/,
  );
  played.isSeen = true;
  await run(30);
  expect(sync.fault(now())).toBeUndefined();
});

it('is lost when the board does not answer, and asks it on', async () => {
  const { run, sync, played, given, now } = bench();
  await run(12);
  played.isAnswering = false;
  const before = given.length;
  await run(7);
  expect(given.length).toBeGreaterThan(before + 5);
  expect(sync.fault(now())?.code).toBe('sync-lost');
});

it('asks the board once at a time', async () => {
  const setOutputs = vi.fn(() => new Promise<never>(() => {}));
  const sync = new ClockSync({ output: 0, sampleRateHz, random: () => 0.5, setOutputs });
  for (let now = 0; now < 5e9; now += 5e6) sync.look(now);
  await Promise.resolve();
  expect(setOutputs).toHaveBeenCalledTimes(1);
});

it('says that pulses lie too far from the line', async () => {
  const { run, sync, played, now } = bench();
  let turn = 0;
  Object.defineProperty(played, 'lateMicroseconds', { get: () => (turn++ % 2 === 0 ? -1600 : 1600) });
  await run(15);
  expect(sync.status(now()).problem).toMatch(/lie \d+ µs from the line between the clocks, and 1000 µs are allowed/);
});

it('bears a line that never rests', async () => {
  const { run, sync, now } = bench();
  for (let sample = 0; sample < 100_000; sample += 2) sync.noteEdge({ sample, receivedNs: 0 });
  await run(1);
  expect(sync.status(now()).isAligned).toBe(false);
});
