// Lets the rule bench program measure a rule in a network. Main process of the plain-Node shell.
import {
  type MeasuredRuleCost,
  type RuleCostAnswer,
  ruleCostAnswerSchema,
  type RuleCostRequest,
} from '../../../../../common/bench/rule-cost.ts';
import type { RuleDeclaration } from '../../../../../common/learning-rule/declaration.ts';
import { type BenchContext, Skipped } from '../bench-simulation/bench-context.ts';
import { drivenNetwork, type NetworkSize } from './rule-network.ts';

/** What a synapse keeps fills 40 megabytes and more, beyond the caches of one core's share; and what caches mostly hold. */
export const sizes = {
  large: { neurons: 10_000, synapsesPerNeuron: 1000 },
  inCache: { neurons: 2000, synapsesPerNeuron: 500 },
} as const satisfies Record<string, NetworkSize>;

/** Of senders and of receivers, in a tick in which some fire: 10 Hz at a tick of 1 ms. */
const firingShare = 0.01;
const cycles = 20;

/** @throws Skipped with the reason when there is no measurement. */
export async function measureRule(
  context: BenchContext,
  rule: RuleDeclaration,
  size: NetworkSize,
): Promise<MeasuredRuleCost> {
  const request: RuleCostRequest = {
    configuration: drivenNetwork(rule, size),
    driven: Math.round(size.neurons * firingShare),
    rounds: context.repeats,
    cycles,
  };
  const answer = await runRuleBench(context, request);
  if (answer.kind === 'unavailable') throw new Skipped(answer.reason);
  context.machine.instructionSet ??= answer.instructionSet ?? null;
  return answer;
}

/** A program that ends without an answer, for lack of memory perhaps, is an answer too. */
function runRuleBench({ platform }: BenchContext, request: RuleCostRequest): Promise<RuleCostAnswer> {
  const program = platform.startProgram('rule-bench', []);
  return new Promise<RuleCostAnswer>((resolve) => {
    program.onMessage((message) => resolve(ruleCostAnswerSchema.parse(message)));
    program.onExit(({ code, signal }) =>
      resolve({ kind: 'unavailable', reason: `the bench program ended with ${signal ?? `code ${code}`}` }),
    );
    program.send(request);
  }).finally(() => program.dispose());
}
