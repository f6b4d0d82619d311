import { describe, expect, it } from 'vitest';
import { exploratoryHebb } from '../../../common/learning-rule/catalogue/exploratory-hebb.ts';
import { Random } from '../base/random.ts';
import { bandit } from '../tasks/bandit.ts';
import type { InteractiveTask } from '../tasks/temporal-task.ts';
import { ActorNeurons, actorSettings } from './actor-neurons.ts';
import { type ActorRule, createActor, slowed } from './actor-rule.ts';
import { angleToRewardGradient } from './reward-angle.ts';

describe('the score of an actor', () => {
  it('is the slope of the logarithm of the probability of its spikes by each weight', () => {
    const settings = { ...actorSettings, inputs: 1, actions: 2, neurons: 4 };
    const neurons = new ActorNeurons(settings);
    const weights = Float64Array.from({ length: 4 * neurons.senders }, (_, index) => 3 + 0.1 * (index % 7));
    const score = new Float64Array(weights.length);
    // In the first step after rest each sender that fires has a trace of 1, and nobody is inhibited.
    const { senders, neurons: fired } = neurons.step([4], weights, new Random(3), score);
    expect(senders.length).toBeGreaterThan(1);
    expect(senders.length).toBeLessThan(neurons.senders);
    const logOf = (neuron: number, of: Float64Array) => {
      const drive = senders.reduce((sum, sender) => sum + of[neuron * neurons.senders + sender]!, 0);
      const probability =
        (settings.largestRateHz * 0.002) / (1 + Math.exp((settings.threshold - drive) / settings.thresholdWidth));
      return Math.log(fired.includes(neuron) ? probability : 1 - probability);
    };
    const by = 1e-5;
    for (const [synapse, slope] of score.entries()) {
      const neuron = Math.floor(synapse / neurons.senders);
      const at = (shift: number) =>
        logOf(
          neuron,
          weights.map((each, index) => each + (index === synapse ? shift : 0)),
        );
      expect(slope).toBeCloseTo((at(by) - at(-by)) / (2 * by), 7);
    }
  });
});

describe('the angle to the gradient of reward', () => {
  const task = bandit({ rewardProbabilities: [0.9, 0.1], pulls: 1 });
  /** The same pulls, with the other arm paying. */
  const turned: InteractiveTask = bandit({ rewardProbabilities: [0.1, 0.9], pulls: 1 });
  const trials = { ofRule: 200, ofGradient: 6000 };
  const angle = (parameters: ActorRule['parameters'], told = task) => {
    const rule: ActorRule = { declaration: exploratoryHebb, parameters, baseline: 'running-mean' };
    const make = (of: ActorRule) => createActor(of, 1, 2, 6, 1);
    const learner = make(slowed(rule));
    const random = new Random(8);
    for (let trial = 0; trial < 40; trial++) {
      const pull = task.begin(random);
      learner.reward(learner.act(pull, random), pull, random);
    }
    return angleToRewardGradient({ learner, probe: make(slowed(rule)), task: told, atOnce: task, seed: 2 }, trials);
  };

  it('is far below 90 degrees of a rule that climbs it, and far above when its rewards are turned round', () => {
    const parameters = { learningRatePerSecond: 0.5, eligibilityTimeConstantMilliseconds: 200 };
    const climbing = angle(parameters)!;
    expect(climbing).toBeLessThan(50);
    expect(angle(parameters, turned)).toBeGreaterThan(130);
    expect(angle(parameters)).toBe(climbing);
  });

  it('is none of a rule that changes nothing', () => {
    expect(angle({ learningRatePerSecond: 0 })).toBeNull();
  });
});
