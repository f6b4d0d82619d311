// A learning rule by itself, for tests: weights of 1 mV, as they arrive, are 2¹⁶.
import type { Plasticity } from '../../common/experiment/network/plasticity.ts';
import { toQ16 } from '../kernel/share-of.ts';
import { type CompiledRule, compileRule } from './compile-rule.ts';

export function oneRule(plasticity: Plasticity, stepMilliseconds: number, restMillivolts?: number): CompiledRule {
  const setting = {
    stepMilliseconds,
    weightUnit: toQ16(1),
    restMillivolts: { sender: undefined, receiver: restMillivolts },
  };
  const program = compileRule(plasticity, setting);
  let start = 0;
  const factorStarts = program.factors.map(() => start++);
  return { ...program, sign: 1, factorStarts, gateAt: start };
}

/** What a weight of 1 mV is as the rule keeps it. */
export const weightUnitOf = ({ finerBits }: CompiledRule): number => toQ16(1) * 2 ** finerBits;
