// Evidence accumulation: cues come from the left and from the right, and after a delay the side of most of them is asked for; analysis process.
import type { Random } from '../base/random.ts';
import { judgeChoice } from './choice.ts';
import type { TemporalTask } from './temporal-task.ts';

export interface EvidenceSettings {
  readonly dtMilliseconds: number;
  readonly cues: number;
  readonly cueMilliseconds: number;
  /** From the start of one cue to the start of the next; each is preceded by its silence, the first as well. */
  readonly spacingMilliseconds: number;
  /** From the end of the last cue to the end of the trial; the question is asked in its last `recallMilliseconds`. */
  readonly delayMilliseconds: number;
  readonly recallMilliseconds: number;
  /** Of each of the groups left, right, question and noise. */
  readonly groupNeurons: number;
  readonly cueRateHz: number;
  readonly noiseRateHz: number;
  /** Of a cue to come from the rarer side. */
  readonly rareProbability: number;
}

/** As in Bellec et al. 2020, after Morcos & Harvey 2016 and Engelhard et al. 2019. */
export const evidenceTaskSettings: EvidenceSettings = {
  dtMilliseconds: 1,
  cues: 7,
  cueMilliseconds: 100,
  spacingMilliseconds: 150,
  delayMilliseconds: 1200,
  recallMilliseconds: 150,
  groupNeurons: 10,
  cueRateHz: 40,
  noiseRateHz: 10,
  rareProbability: 0.3,
};

export function evidenceAccumulation(settings: EvidenceSettings = evidenceTaskSettings): TemporalTask {
  const { dtMilliseconds: dt, cues, groupNeurons } = settings;
  const stepsOf = (milliseconds: number) => Math.round(milliseconds / dt);
  const steps = stepsOf(cues * settings.spacingMilliseconds + settings.delayMilliseconds);
  const recallFrom = steps - stepsOf(settings.recallMilliseconds);
  const inputs = 4 * groupNeurons;
  return {
    name: 'evidence-accumulation',
    inputs,
    outputs: 2,
    trial(random) {
      const values = new Float64Array(steps * inputs);
      const fire = (group: number, from: number, until: number, rateHz: number) =>
        poisson(values, inputs, group * groupNeurons, groupNeurons, from, until, (rateHz * dt) / 1000, random);
      const right = random.uniform() < 0.5 ? settings.rareProbability : 1 - settings.rareProbability;
      let onRight = 0;
      for (let cue = 0; cue < cues; cue++) {
        const side = Number(random.uniform() < right);
        onRight += side;
        const until = stepsOf((cue + 1) * settings.spacingMilliseconds);
        fire(side, until - stepsOf(settings.cueMilliseconds), until, settings.cueRateHz);
      }
      fire(2, recallFrom, steps, settings.cueRateHz);
      fire(3, 0, steps, settings.noiseRateHz);
      const wanted = Number(onRight > cues / 2);
      return { steps, inputs: values, judge: (outputs) => judgeChoice(outputs, 2, recallFrom, wanted) };
    },
  };
}

/** Spikes of a group of inputs from one step up to, not including, another. @param values steps × inputs */
export function poisson(
  values: Float64Array,
  inputs: number,
  first: number,
  count: number,
  from: number,
  until: number,
  probability: number,
  random: Random,
): void {
  for (let step = from; step < until; step++) {
    for (let input = first; input < first + count; input++)
      values[step * inputs + input] = Number(random.uniform() < probability);
  }
}
