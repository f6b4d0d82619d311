import { describe, expect, it } from 'vitest';
import { ruleStudySchema } from '../../../common/rule-study/study.ts';
import { settled } from './divergence.ts';
import { runUnit } from './run-unit.ts';
import { studyKinds } from './study-kinds.ts';

const point = (presentations: number, loss: number | null) => ({
  presentations,
  loss,
  score: loss,
  anglesDegrees: [10],
});
const measured = { nanosecondsPerSynapse: 1, seconds: 1 };

describe('a unit', () => {
  it('whose loss stays finite is left as it is, a loss that nobody measures among them', () => {
    const findings = { curve: [point(0, 1), point(10, null)], score: 1, synapses: 1, measured };
    expect(settled(findings)).toBe(findings);
  });

  it.each([NaN, Infinity, -Infinity, 2e12])('whose loss becomes %f ends there, and says so', (loss) => {
    const delays = [{ delayMilliseconds: 0, score: 50, credit: 1, predicted: 1 }];
    const curve = [point(0, 1), point(10, loss), point(20, 3)];
    expect(settled({ curve, delays, score: 3, synapses: 1, measured })).toEqual({
      curve: [point(0, 1), { presentations: 10, loss: null, score: null, anglesDegrees: [] }],
      delays: [{ delayMilliseconds: 0, score: null, credit: null, predicted: 1 }],
      score: null,
      diverged: { presentations: 10, loss: String(loss) },
      synapses: 1,
      measured,
    });
  });

  it.each([
    [
      { kind: 'pattern-generation' },
      'recurrent-spiking',
      'weight-perturbation',
      { learningRate: 10, noiseDeviation: 10 },
    ],
    [
      { kind: 'delayed-memory', delaysMilliseconds: [0, 50], adaptiveNeurons: 2 },
      'recurrent-spiking',
      'weight-perturbation',
      { learningRate: 10, noiseDeviation: 10 },
    ],
    [{ kind: 'cursor', pretrainingTrials: 0 }, 'recurrent-rate', 'bptt-surrogate', { learningRate: 10 }],
  ])('of %o holds nothing but finite numbers, whatever its parameters', (task, network, rule, parameters) => {
    const study = ruleStudySchema.parse({
      exocortex: 'rule-study/1',
      title: 'Wild',
      description: 'Parameters at the end of their ranges',
      task,
      network: { kind: network, hiddenNeurons: [4], activation: 'linear' },
      presentations: 12,
      batchSamples: 1,
      evaluateEveryPresentations: 4,
      seeds: 1,
      reference: rule,
      rules: [{ rule, parameters }],
    });
    const findings = runUnit(
      study,
      { label: rule, seed: 1 },
      { kinds: studyKinds, onProgress: () => {}, now: () => 0 },
    );
    expect(JSON.parse(JSON.stringify(findings))).toEqual(findings);
  });
});
