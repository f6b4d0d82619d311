import { describe, expect, it } from 'vitest';
import { btsp } from '../../../common/learning-rule/catalogue/btsp.ts';
import { readoutOnly } from '../../../common/learning-rule/catalogue/readout-only.ts';
import { rewardStdp } from '../../../common/learning-rule/catalogue/reward-stdp.ts';
import { threeFactorHebb } from '../../../common/learning-rule/catalogue/three-factor-hebb.ts';
import { parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Random } from '../base/random.ts';
import { actorSettings } from './actor-neurons.ts';
import type { ActorRule } from './actor-rule.ts';
import { runBandit } from './bandit-study.ts';
import { SpikingActor, toldNothing } from './spiking-actor.ts';
import { runTemporalCredit } from './temporal-credit-study.ts';

const settings = { ...actorSettings, inputs: 2, actions: 2, neurons: 8 };
const actorOf = () => new SpikingActor(settings, parseRule(rewardStdp), {}, new Random(1));
const learner = (declaration = threeFactorHebb, parameters: ActorRule['parameters'] = {}): ActorRule => ({
  declaration,
  parameters: { learningRatePerSecond: 20, eligibilityTimeConstantMilliseconds: 200, ...parameters },
  baseline: 'running-mean',
});

describe('an actor of spiking neurons', () => {
  it('fires far more when a cue is shown than without, and does not change unrewarded', () => {
    const actor = actorOf();
    const before = actor.weights.slice();
    const random = new Random(2);
    const spikes = (inputs: number[]) => {
      actor.show(inputs, 400, toldNothing, random);
      return actor.counts.reduce((sum, each) => sum + each, 0);
    };
    const [silent, cued] = [spikes([0, 0]), spikes([1, 0])];
    expect(cued).toBeGreaterThan(5 * silent);
    expect(actor.weights).toEqual(before);
  });

  it('reads actions as the mean count of their own neurons', () => {
    const actor = actorOf();
    const values = actor.show([1, 1], 200, toldNothing, new Random(3));
    const own = (action: number) => actor.counts.filter((_, neuron) => actor.neurons.actionOf(neuron) === action);
    for (const action of [0, 1])
      expect(values[action]).toBeCloseTo(own(action).reduce((sum, each) => sum + each, 0) / 4, 12);
  });

  it('changes by reward, unless it has rested since', () => {
    const changeOf = (rests: boolean) => {
      const actor = actorOf();
      const before = actor.weights.slice();
      const random = new Random(4);
      actor.show([1, 0], 200, toldNothing, random);
      if (rests) actor.rest();
      actor.show([0, 0], 2, { reward: 1 }, random);
      return actor.weights.reduce((sum, weight, synapse) => sum + Math.abs(weight - before[synapse]!), 0);
    };
    expect(changeOf(false)).toBeGreaterThan(0);
    expect(changeOf(true)).toBe(0);
  });
});

describe('an actor at a bandit', () => {
  const study = (rule: ActorRule) => ({
    rule,
    neurons: 20,
    seed: 7,
    task: { rewardProbabilities: [0.9, 0.1], pulls: 120 },
    window: 40,
  });

  it('comes to pull the arm that pays, and is the same for the same seed', () => {
    const { windows, synapses } = runBandit(study(learner()), () => {});
    expect(windows.map(({ pulls }) => pulls)).toEqual([40, 80, 120]);
    expect(windows.at(-1)!.rewardRate).toBeGreaterThan(0.75);
    expect(synapses).toBe(20 * 10 + 2 * 20);
    expect(runBandit(study(learner()), () => {}).windows).toEqual(windows);
  });

  it('learns nothing at a learning rate of 0', () => {
    const { windows } = runBandit(study(learner(threeFactorHebb, { learningRatePerSecond: 0 })), () => {});
    expect(windows.at(-1)!.rewardRate).toBeLessThan(0.7);
  });
});

describe('an actor whose reward comes late', () => {
  const credit = (delayMilliseconds: number, rule: ActorRule) =>
    runTemporalCredit({ rule, neurons: 8, seed: 7, delayMilliseconds, trials: 5, probes: 10, window: 5 });

  it('has credit that falls with the time constant of its eligibility', () => {
    const [early, late] = [200, 400].map((delay) => credit(delay, learner()).credit);
    expect(early).toBeGreaterThan(0);
    expect(late! / early!).toBeCloseTo(Math.exp(-1), 1);
  });

  it('learns by behavioural time scale plasticity when it is told the right action, whatever it is paid', () => {
    const parameters = { depressionRateHertz: 2, potentiationOverlap: 1, depressionOverlap: 0.1 };
    const rule: ActorRule = { declaration: btsp, parameters, baseline: 'running-mean' };
    const study = { rule, neurons: 8, seed: 7, delayMilliseconds: 600, trials: 60, probes: 5, window: 20 };
    const { right, credit } = runTemporalCredit(study);
    expect(right.at(-1)).toBeGreaterThanOrEqual(0.75);
    expect(credit).toBeGreaterThan(0);
  });

  it('gives synapses of the control none', () => {
    expect(credit(200, learner(readoutOnly, { learningRate: 0.003 })).credit).toBe(0);
  });
});
