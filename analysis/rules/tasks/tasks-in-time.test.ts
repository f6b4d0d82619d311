import { describe, expect, it } from 'vitest';
import { Matrix } from '../base/matrix.ts';
import { Random } from '../base/random.ts';
import { dot, norm } from '../base/vectors.ts';
import { bandit, reversalSettings } from './bandit.ts';
import { changedDecoder, conditionedNeuron, cursor, cursorSettings } from './cursor.ts';
import { delayedXor, delaySettings, storeRecall } from './delayed-answer.ts';
import { evidenceAccumulation, evidenceTaskSettings } from './evidence-accumulation.ts';
import { patternGeneration, patternSettings } from './pattern-generation.ts';
import { temporalCredit } from './temporal-credit.ts';
import type { TemporalTask } from './temporal-task.ts';

const shortDelay = { ...delaySettings, delayMilliseconds: 50 };
const shortEvidence = { ...evidenceTaskSettings, delayMilliseconds: 200 };
const tasks: readonly TemporalTask[] = [
  evidenceAccumulation(shortEvidence),
  patternGeneration(new Random(1)),
  storeRecall(shortDelay),
  delayedXor(shortDelay),
];

describe('a task in time', () => {
  it.each(tasks)('$name is the same for the same seed', (task) => {
    const [a, b] = [task.trial(new Random(7)), task.trial(new Random(7))];
    expect(a.inputs).toEqual(b.inputs);
    expect(a.inputs.length).toBe(a.steps * task.inputs);
    const outputs = Float64Array.from({ length: a.steps * task.outputs }, (_, index) => Math.sin(index));
    expect(a.judge(outputs)).toEqual(b.judge(outputs));
  });

  it.each(tasks)('$name gives errors that are the slopes of its cost', (task) => {
    const random = new Random(7);
    const trial = task.trial(random);
    const outputs = Float64Array.from({ length: trial.steps * task.outputs }, () => random.normal());
    const { errors } = trial.judge(outputs);
    for (const at of [0, outputs.length - 3, outputs.length - 2]) {
      const [up, down] = [1e-5, -1e-5].map((step) => {
        const moved = outputs.slice();
        moved[at]! += step;
        return trial.judge(moved).cost;
      });
      expect(errors[at]).toBeCloseTo((up! - down!) / 2e-5, 8);
    }
  });

  it('of evidence asks in its last 150 ms and has seven cues of 100 ms, each after 50 ms of silence', () => {
    const { inputs } = evidenceAccumulation(shortEvidence).trial(new Random(2));
    const active = (from: number, until: number, group: number) => {
      let spikes = 0;
      for (let step = from; step < until; step++) {
        for (let input = group * 10; input < group * 10 + 10; input++) spikes += inputs[step * 40 + input]!;
      }
      return spikes;
    };
    for (let cue = 0; cue < 7; cue++) {
      const [left, right] = [0, 1].map((side) => active(cue * 150 + 50, cue * 150 + 150, side));
      // 40 spikes on one side, none on the other.
      expect(Math.min(left!, right!)).toBe(0);
      expect(Math.max(left!, right!)).toBeGreaterThan(15);
      expect(active(cue * 150, cue * 150 + 50, 0) + active(cue * 150, cue * 150 + 50, 1)).toBe(0);
    }
    expect(active(0, 1100, 2)).toBe(0);
    expect(active(1100, 1250, 2)).toBeGreaterThan(30);
  });

  it('of patterns has outputs of amplitude 1 that repeat every second', () => {
    const long = patternGeneration(new Random(1), { ...patternSettings, milliseconds: 2000 }).trial(new Random(1));
    const silent = long.judge(new Float64Array(long.steps * 3));
    expect(silent.score).toBeCloseTo(-1, 12);
    const targets = silent.errors.map((error) => -error * long.steps * 3);
    expect(Math.max(...targets.map(Math.abs))).toBeCloseTo(1, 12);
    expect(targets[3 * 1500 + 1]).toBeCloseTo(targets[3 * 500 + 1]!, 10);
  });

  it('of exclusive or answers whether the cues differed', () => {
    const scores = Array.from({ length: 40 }, (_, seed) => {
      const trial = delayedXor(shortDelay).trial(new Random(seed));
      const spikesOf = (from: number, group: number) =>
        trial.inputs
          .subarray(from * 30, (from + 100) * 30)
          .reduce((sum, value, index) => sum + (Math.floor((index % 30) / 10) === group ? value : 0), 0);
      const [first, second] = [0, 150].map((from) => Number(spikesOf(from, 1) > spikesOf(from, 0)));
      const outputs = new Float64Array(trial.steps * 2).map((_, index) => Number(index % 2 === (first! ^ second!)));
      return trial.judge(outputs).score;
    });
    expect(scores.every((score) => score === 1)).toBe(true);
  });
});

describe('an interactive task', () => {
  it('pays temporal credit a delay after the right action', () => {
    const rewards = [0, 1].map((turned) => {
      const trial = temporalCredit(3).begin(new Random(1));
      const paid: number[] = [];
      for (let seen = trial.observe(); !trial.isOver; seen = trial.observe())
        paid.push(trial.act(turned === 0 ? seen : seen.toReversed()));
      return paid;
    });
    expect(rewards).toEqual([
      [0, 0, 0, 1],
      [0, 0, 0, 0],
    ]);
  });

  it('turns the bandit round every 80 pulls', () => {
    const session = bandit(reversalSettings).begin(new Random(3));
    const means = [0, 0, 0, 0, 0];
    for (let pull = 0; !session.isOver; pull++)
      means[Math.floor(pull / 80)]! += session.act(Float64Array.of(1, 0)) / 80;
    const expected = [0.8, 0.2, 0.8, 0.2, 0.8];
    for (const [block, rate] of means.entries()) expect(Math.abs(rate - expected[block]!)).toBeLessThan(0.15);
  });

  it('moves a cursor to where the decoder says, or as fast', () => {
    const trial = cursor({ ...cursorSettings, targets: 1 }).begin(new Random(1));
    expect(trial.act(Float64Array.of(1, 0))).toBeCloseTo(0, 12);
    expect(trial.act(Float64Array.of(0, 1))).toBeCloseTo(-2, 12);
    const slow = cursor({ ...cursorSettings, targets: 1, velocitySteps: 2 }).begin(new Random(1));
    // Velocity ½, position 0.05.
    expect(slow.act(Float64Array.of(1, 0))).toBeCloseTo(-(0.95 ** 2), 12);
  });

  it('changes a decoder by an angle and keeps its length', () => {
    const old = Matrix.normal(2, 50, 1, new Random(1));
    const changed = changedDecoder(old, 0.5, new Random(2));
    for (let row = 0; row < 2; row++) {
      expect(norm(changed.row(row))).toBeCloseTo(norm(old.row(row)), 10);
      expect(dot(changed.row(row), old.row(row)) / norm(old.row(row)) ** 2).toBeCloseTo(0.5, 10);
    }
  });

  it('pays a conditioned neuron for its rise, up to the whole of it', () => {
    const trial = conditionedNeuron(0.2, { steps: 2, rise: 0.4 }).begin(new Random(1));
    expect(trial.act(Float64Array.of(0.4))).toBeCloseTo(0.5, 12);
    expect(trial.act(Float64Array.of(0.9))).toBe(1);
    expect(trial.isOver).toBe(true);
  });
});
