// How the parameters of a learning rule that are weights are called in files: with the unit that the receiving population takes.
import type { RuleParameter } from '../../learning-rule/declaration.ts';
import { dimensionOf } from '../../learning-rule/dimension.ts';

/** The two keys of a weight in a file; exactly one of them stands there. */
export const weightKeys = (key: string) => ({ millivolts: `${key}Millivolts`, nanosiemens: `${key}Nanosiemens` });

export const isWeight = ({ unit }: RuleParameter) => dimensionOf(unit).weight === 1;
