// Pattern generation: frozen input spikes, and outputs that must follow sums of sinusoids; analysis process.
import type { Random } from '../base/random.ts';
import { poisson } from './evidence-accumulation.ts';
import type { TemporalTask } from './temporal-task.ts';

export interface PatternSettings {
  readonly dtMilliseconds: number;
  readonly milliseconds: number;
  readonly outputs: number;
  readonly frequenciesHz: readonly number[];
  readonly inputs: number;
  readonly inputRateHz: number;
}

/** After Nicola & Clopath 2017 and Bellec et al. 2020. */
export const patternSettings: PatternSettings = {
  dtMilliseconds: 1,
  milliseconds: 1000,
  outputs: 3,
  frequenciesHz: [1, 2, 3, 5],
  inputs: 20,
  inputRateHz: 50,
};

/**
 * Every trial is the same one. Cost: half the squared error, mean over steps and outputs; score: minus the squared error over
 * the squared target.
 * @param random draws the inputs, and amplitudes from 0.5 to 2 and phases of the sinusoids; each output has amplitude 1
 */
export function patternGeneration(random: Random, settings: PatternSettings = patternSettings): TemporalTask {
  const { dtMilliseconds: dt, outputs, inputs } = settings;
  const steps = Math.round(settings.milliseconds / dt);
  const targets = new Float64Array(steps * outputs);
  for (let output = 0; output < outputs; output++) {
    const waves = settings.frequenciesHz.map((frequencyHz) => ({
      turn: (2 * Math.PI * frequencyHz * dt) / 1000,
      amplitude: 0.5 + 1.5 * random.uniform(),
      phase: 2 * Math.PI * random.uniform(),
    }));
    const values = Array.from({ length: steps }, (_, step) =>
      waves.reduce((sum, { turn, amplitude, phase }) => sum + amplitude * Math.sin(turn * step + phase), 0),
    );
    const largest = Math.max(...values.map(Math.abs));
    for (const [step, value] of values.entries()) targets[step * outputs + output] = value / largest;
  }
  const spikes = new Float64Array(steps * inputs);
  poisson(spikes, inputs, 0, inputs, 0, steps, (settings.inputRateHz * dt) / 1000, random);
  const power = targets.reduce((sum, target) => sum + target * target, 0);
  return {
    name: 'pattern-generation',
    inputs,
    outputs,
    trial: () => ({
      steps,
      inputs: spikes,
      judge(given) {
        const errors = given.map((output, index) => (output - targets[index]!) / targets.length);
        const squares = given.reduce((sum, output, index) => sum + (output - targets[index]!) ** 2, 0);
        return { cost: squares / 2 / targets.length, errors, score: -squares / power };
      },
    }),
  };
}
