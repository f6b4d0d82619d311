// Tasks whose answer needs what was seen before a delay: store and recall, and delayed exclusive or; analysis process.
import type { Random } from '../base/random.ts';
import { judgeChoice } from './choice.ts';
import { poisson } from './evidence-accumulation.ts';
import type { TemporalTask, TemporalTrial } from './temporal-task.ts';

export interface DelaySettings {
  readonly dtMilliseconds: number;
  /** Of each cue and of the question. */
  readonly cueMilliseconds: number;
  /** Between one and the next. */
  readonly delayMilliseconds: number;
  readonly groupNeurons: number;
  readonly cueRateHz: number;
}

export const delaySettings: DelaySettings = {
  dtMilliseconds: 1,
  cueMilliseconds: 100,
  delayMilliseconds: 1000,
  groupNeurons: 10,
  cueRateHz: 40,
};

/** Groups of inputs: cue 0, cue 1, question. A cue, a delay, the question: the answer is the cue (after Bellec et al. 2018). */
export function storeRecall(settings: DelaySettings = delaySettings): TemporalTask {
  return delayed('store-recall', settings, (random) => {
    const bit = random.below(2);
    return { cues: [bit], answer: bit };
  });
}

/** A cue, a delay, another, a delay, the question: the answer is whether they differed. */
export function delayedXor(settings: DelaySettings = delaySettings): TemporalTask {
  return delayed('delayed-xor', settings, (random) => {
    const cues = [random.below(2), random.below(2)];
    return { cues, answer: cues[0]! ^ cues[1]! };
  });
}

const question = 2;

function delayed(
  name: string,
  { dtMilliseconds: dt, cueMilliseconds, delayMilliseconds, groupNeurons, cueRateHz }: DelaySettings,
  draw: (random: Random) => { readonly cues: readonly number[]; readonly answer: number },
): TemporalTask {
  const inputs = 3 * groupNeurons;
  const [cueSteps, delaySteps] = [cueMilliseconds, delayMilliseconds].map((each) => Math.round(each / dt)) as [
    number,
    number,
  ];
  return {
    name,
    inputs,
    outputs: 2,
    trial(random): TemporalTrial {
      const { cues, answer } = draw(random);
      const from = cues.length * (cueSteps + delaySteps);
      const steps = from + cueSteps;
      const values = new Float64Array(steps * inputs);
      for (const [index, group] of [...cues, question].entries()) {
        const start = index * (cueSteps + delaySteps);
        const probability = (cueRateHz * dt) / 1000;
        poisson(values, inputs, group * groupNeurons, groupNeurons, start, start + cueSteps, probability, random);
      }
      return { steps, inputs: values, judge: (outputs) => judgeChoice(outputs, 2, from, answer) };
    },
  };
}
