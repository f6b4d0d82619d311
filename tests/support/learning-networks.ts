// Networks whose synapses learn by any equations, for comparing back ends bit for bit.
import type { RuleDeclaration } from '../../common/learning-rule/declaration.ts';
import { RuleError } from '../../common/learning-rule/parsed-rule.ts';
import { quietSignals } from '../../simulation/backend/check-signals.ts';
import { configurationOf } from '../../simulation/example-configuration.ts';
import { compileNetwork } from '../../simulation/network/compile-network.ts';
import type { CompiledNetwork } from '../../simulation/network/compiled-network.ts';
import { withRules } from './own-rules.ts';
import { ruleOfEquations } from './random-rules.ts';

export type Three = readonly [RuleDeclaration, RuleDeclaration, RuleDeclaration];

const lif = { model: 'lif', biasMillivolts: 17, noiseMillivolts: 6 } as const;

/** Whole spikes, tired ones and shares reach neurons that learn, over several delays and from both kinds of synapses. */
export function mixedNetwork(rules: Three, neurons: number): CompiledNetwork {
  const onto = { connections: { kind: 'random', probability: 0.5 }, weightDistribution: 'uniform' } as const;
  const tired = { utilisation: 0.4, recoveryMilliseconds: 80, facilitationMilliseconds: 30 };
  const configuration = configurationOf(
    {
      stepMilliseconds: 0.5,
      populations: [
        { name: 'many', neurons, ...lif },
        { name: 'few', neurons: 20, ...lif },
        { name: 'rate', neurons: 9, model: 'rate', biasMillivolts: 10, noiseMillivolts: 3 },
      ],
      projections: [
        { name: 'out', from: 'few', to: 'many', ...onto, weightMillivolts: 2, delaySpreadMilliseconds: 0.5 },
        {
          ...{ name: 'back', from: 'many', to: 'few', ...onto, weightMillivolts: -0.5, delayMilliseconds: 3 },
          shortTermPlasticity: tired,
        },
        { name: 'flow', from: 'rate', to: 'few', ...onto, weightMillivolts: 1 },
      ],
      inputs: [{ to: 'few', neuronsPerElectrode: 3, weightMillivolts: 8 }],
    },
    { seed: 3 },
  );
  return compileNetwork(withRules(configuration, rules));
}

/** @returns undefined where a rule cannot be computed in whole numbers. */
export function mixedNetworkIfPossible(rules: Three, neurons: number): CompiledNetwork | undefined {
  try {
    return mixedNetwork(rules, neurons);
  } catch (error) {
    if (error instanceof RuleError) return undefined;
    throw error;
  }
}

const receivers = 300;
/** Fires whenever a spike arrives. */
export const relay = {
  model: 'lif',
  membraneTimeConstantMilliseconds: 1,
  synapticTimeConstantMilliseconds: 0.1,
  refractoryMilliseconds: 0,
} as const;

/** In tick 0 every neuron fires in step 0, and the spikes arrive in step 1. Each rule is that of a projection. */
export function relayNetwork(rules: readonly RuleDeclaration['on'][]): CompiledNetwork {
  const configuration = configurationOf({
    stepMilliseconds: 0.5,
    populations: [
      { name: 'few', neurons: 3, ...relay },
      { name: 'many', neurons: receivers, ...relay },
    ],
    projections: rules.map((_, index) => ({
      name: `learning-${index}`,
      from: 'few',
      to: 'many',
      connections: { kind: 'random', probability: 1 } as const,
      weightMillivolts: 1,
      delayMilliseconds: 0.5,
    })),
    inputs: [
      { to: 'few', neuronsPerElectrode: 3, weightMillivolts: 100 },
      { to: 'many', neuronsPerElectrode: receivers, weightMillivolts: 100 },
    ],
  });
  return compileNetwork(withRules(configuration, rules.map(ruleOfEquations)));
}

/** @param far value of L for some receivers of each projection, as a part of its bound; the other signals are 0. */
export function farSignals(network: CompiledNetwork, far: readonly Record<number, number>[]): Int32Array {
  const signals = quietSignals(network);
  for (const { factor, start, projection } of network.thirdFactors.filter(({ factor }) => factor.isPerReceiver))
    for (const [receiver, part] of Object.entries(far[projection] ?? {}))
      signals[start + Number(receiver)] = part * factor.high;
  return signals;
}

/** Equations that leave the bounds of `e` where L is large, and those of `c` where it is small. */
export const tooLarge = { e: '20 * w_max * (L > 0.5)', c: '3 * (L < -0.5)' };

/** The fault of such equations in a relay network. */
export const beyond = (step: number, symbol: keyof typeof tooLarge, projection = 0) =>
  `In step ${step} '${symbol}' of a synapse in projection 'learning-${projection}' left the bounds that its learning rule declares, `;
