// What checks of spiking rules are measured on, and how their mutants are made of it; analysis process.
import type { RuleParameters } from '../../../../common/learning-rule/apply-rule.ts';
import type { RuleDeclaration } from '../../../../common/learning-rule/declaration.ts';
import { parseRule, type RuleEvent } from '../../../../common/learning-rule/parsed-rule.ts';
import type { Values } from '../../../../common/learning-rule/vector-equation.ts';
import { type SynapseDynamics, synapseDynamics } from '../../local/synapse-dynamics.ts';
import { SynapseSimulation } from '../../local/synapse-simulation.ts';

export interface SpikingImplementation {
  readonly declaration: RuleDeclaration;
  readonly dynamics: SynapseDynamics;
}

/** The program's own. */
export const implementationOf = (declaration: RuleDeclaration): SpikingImplementation => ({
  declaration,
  dynamics: synapseDynamics,
});

/** @returns synapses with this implementation. */
export const synapsesOf = (
  { declaration, dynamics }: SpikingImplementation,
  parameters: RuleParameters,
  count: number,
  stepMilliseconds: number,
  weights: Values,
) => new SynapseSimulation(parseRule(declaration), parameters, { count, stepMilliseconds, weights, dynamics });

/** @returns the rule with one of its equations replaced. */
export const withEquation = (
  declaration: RuleDeclaration,
  event: RuleEvent,
  symbol: string,
  equation: string,
): RuleDeclaration => ({
  ...declaration,
  on: { ...declaration.on, [event]: { ...declaration.on[event], [symbol]: equation } },
});

/** @returns the rule with another time constant for a memory of its neurons. */
export const withTimeConstants = (
  declaration: RuleDeclaration,
  timeConstants: Readonly<Record<string, string>>,
): RuleDeclaration => {
  const change = (reads: RuleDeclaration['pre']): RuleDeclaration['pre'] =>
    Object.fromEntries(
      Object.entries(reads).map(([symbol, read]) => {
        const other = timeConstants[symbol];
        return [
          symbol,
          other !== undefined && (read.kind === 'trace' || read.kind === 'average')
            ? { ...read, timeConstant: other }
            : read,
        ];
      }),
    );
  return { ...declaration, pre: change(declaration.pre), post: change(declaration.post) };
};

/** Mistakes that any simulation of traces can make. */
export const wrongDynamics = {
  readAfterIncrement: { ...synapseDynamics, order: ['memories', 'arrivals', 'firings', 'step'] },
  pairsInOneStep: {
    ...synapseDynamics,
    order: ['memories', 'arrivals', 'firings', 'step'],
    advanceTrace: (trace, spiking, remains) => {
      synapseDynamics.advanceTrace(trace, [], remains);
      for (const index of spiking) trace[index]! += 1;
    },
  },
  timeConstantInSteps: { ...synapseDynamics, remains: (_step, timeConstant) => Math.exp(-1 / timeConstant) },
  nearestOnly: {
    ...synapseDynamics,
    advanceTrace: (trace, spiking, remains) => {
      for (const index of spiking) trace[index] = 1;
      synapseDynamics.advanceTrace(trace, [], remains);
    },
  },
  oneTraceForAll: {
    ...synapseDynamics,
    advanceTrace: (trace, spiking, remains) => {
      const shared = trace[0]! + spiking.length;
      trace.fill(shared * remains);
    },
  },
  firstOrderDecay: { ...synapseDynamics, remains: (step, timeConstant) => 1 - step / timeConstant },
} as const satisfies Record<string, SynapseDynamics>;
