import { describe, expect, it } from 'vitest';
import { LineLengthWindows } from './line-length-windows.ts';

const sampleRateHz = 1000;
const blockSamples = 10;

interface JudgedWindow {
  from: number;
  until: number;
  sigmas: number[];
}

/** One channel whose step is played. */
class OneChannel {
  readonly judged: JudgedWindow[] = [];
  readonly windows = new LineLengthWindows({ channels: 1, sampleRateHz }, (sigmas, from, until) =>
    this.judged.push({ from, until, sigmas: [...sigmas] }),
  );
  sample = 0;

  play(seconds: number, microvolts = 10): this {
    for (const end = this.sample + seconds * sampleRateHz; this.sample < end; this.sample += blockSamples) {
      const up = (_: unknown, offset: number) => (microvolts / 2) * ((this.sample + offset) % 2 === 0 ? 1 : -1);
      this.windows.note(this.sample, blockSamples, Float32Array.from({ length: blockSamples }, up));
    }
    return this;
  }

  get newest(): JudgedWindow | undefined {
    return this.judged.at(-1);
  }
}

const isUnknown = ({ sigmas }: JudgedWindow) => sigmas.some(Number.isNaN);

describe('LineLengthWindows', () => {
  it('judges nothing before ten seconds were heard', () => {
    const one = new OneChannel().play(9.99);
    expect(one.windows.isReady).toBe(false);
    one.play(0.01);
    expect(one.windows.isReady).toBe(true);
    expect(one.judged).toEqual([]);
    one.play(0.25);
    expect(one.judged).toEqual([{ from: 10_000, until: 10_250, sigmas: [expect.closeTo(0, 6)] }]);
  });

  it('does not count what is blanked towards the ten seconds', () => {
    const one = new OneChannel();
    one.windows.blank(0, 5000);
    expect(one.play(14.75).windows.isReady).toBe(false);
    expect(one.play(0.25).windows.isReady).toBe(true);
  });

  it('believes no σ below 4 % of the baseline', () => {
    const one = new OneChannel().play(20).play(0.5, 11);
    expect(one.newest?.sigmas).toEqual([expect.closeTo(2.5, 6)]);
  });

  it('leaves out what is blanked sample by sample, wherever blocks and windows begin', () => {
    const one = new OneChannel().play(20);
    for (const [from, until] of [
      [20_003, 20_047],
      [20_245, 20_252],
      [20_270, 20_280],
    ] as const) {
      one.play((from - (from % blockSamples) - one.sample) / 1000);
      one.windows.blank(from, until);
      const [before, after] = [from % blockSamples, (blockSamples - (until % blockSamples)) % blockSamples];
      const last = until + after;
      const artefact = new Float32Array(last - one.sample).map((_, index) =>
        index < before || one.sample + index >= until ? 5 * (index % 2 === 0 ? 1 : -1) : 1e6,
      );
      one.windows.note(one.sample, artefact.length, artefact);
      one.sample = last;
    }
    one.play(0.22);
    expect(one.judged.slice(-2).map(({ sigmas }) => sigmas)).toEqual([[expect.closeTo(0, 6)], [expect.closeTo(0, 6)]]);
  });

  it('extends a blanking that is not over and begins a new one after it', () => {
    const one = new OneChannel().play(20);
    one.windows.blank(20_100, 20_200);
    one.windows.blank(20_050, 20_060);
    expect(one.windows.blankedUntil).toBe(20_200);
    one.play(0.5);
    one.windows.blank(20_600, 20_610);
    expect(one.windows.blankedUntil).toBe(20_610);
    one.windows.blank(20_700, 20_700);
    expect(one.windows.blankedUntil).toBe(20_610);
  });

  it('leaves out what an extended blanking covers before the first one', () => {
    const one = new OneChannel().play(20);
    one.windows.blank(20_100, 20_110);
    one.windows.blank(20_050, 20_060);
    one.play(0.05).play(0.06, 1000).play(0.14);
    expect(one.newest?.sigmas).toEqual([expect.closeTo(0, 6)]);
  });

  it('has no step across samples that were lost', () => {
    const one = new OneChannel().play(20.1);
    one.sample += 20;
    one.windows.note(one.sample, blockSamples, new Float32Array(blockSamples).fill(1e6));
    one.sample += 30;
    one.play(0.1);
    // Ten equal samples have nine steps of nothing.
    expect(one.newest?.sigmas).toEqual([expect.closeTo((-10 * 9) / (99 + 9 + 99) / 0.4, 1)]);
  });

  it('H76: holds back what is elevated for a minute, and remembers two minutes', () => {
    const held = new OneChannel().play(10.25).play(55, 20).play(0.5, 12);
    expect(held.newest?.sigmas).toEqual([expect.closeTo(5, 6)]);
    const learnt = new OneChannel().play(200).play(110, 20);
    expect(learnt.newest?.sigmas).toEqual([expect.closeTo(25, 6)]);
    expect(learnt.play(20, 20).newest?.sigmas[0]).toBeLessThan(3);
  });

  it('H76: knows nothing of a window of which less than a fifth is heard', () => {
    const heard = (samples: number) => {
      const one = new OneChannel().play(20);
      one.windows.blank(20_000, 20_250 - samples);
      return one.play(0.25).judged.at(-1);
    };
    expect(isUnknown(heard(50)!)).toBe(true);
    expect(isUnknown(heard(51)!)).toBe(false);
  });

  it('H76: knows nothing of windows that were lost', () => {
    const one = new OneChannel().play(20);
    one.sample += 600;
    one.play(0.4);
    expect(one.judged.slice(-4).map(({ from }) => from)).toEqual([20_000, 20_250, 20_500, 20_750]);
    expect(one.judged.slice(-4).map(isUnknown)).toEqual([true, true, false, false]);
  });

  it('H76: finds the same however the signal is cut into blocks', () => {
    const samples = 14_000;
    const signal = Float32Array.from(
      { length: samples },
      (_, at) => ((at * 2_654_435_761) % 1009) * (1 + at / samples),
    );
    const judge = (sizes: readonly number[]) => {
      const judged: number[] = [];
      const windows = new LineLengthWindows({ channels: 1, sampleRateHz }, (sigmas, from, until) =>
        judged.push(from, until, ...sigmas),
      );
      windows.blank(12_400, 12_444);
      for (let first = 0, turn = 0; first < samples; turn++) {
        const count = Math.min(sizes[turn % sizes.length]!, samples - first);
        windows.note(first, count, signal.subarray(first, first + count));
        first += count;
      }
      return judged;
    };
    const expected = judge([40]).map((value) => expect.closeTo(value, 6));
    expect(expected.length).toBe(3 * 16);
    for (const sizes of [[1], [7, 33, 1], [249, 251], [600]]) expect(judge(sizes)).toEqual(expected);
  });
});
