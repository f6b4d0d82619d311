// Every check of rules for networks in time; analysis process.
import type { RuleCheck } from '../check.ts';
import { behaviourChecks } from './behaviour.checks.ts';
import { ePropChecks } from './e-prop.checks.ts';
import { ePropGenericChecks } from './e-prop-generic.checks.ts';
import { perturbationChecks } from './perturbation.checks.ts';
import { rateGradientChecks } from './rate-gradient.checks.ts';
import { spikingPerturbationChecks } from './spiking-perturbation.checks.ts';
import { superSpikeChecks } from './superspike.checks.ts';
import { surrogateGradientChecks } from './surrogate-gradient.checks.ts';

export const timeChecks: readonly RuleCheck[] = [
  ...surrogateGradientChecks,
  ...ePropChecks,
  ...ePropGenericChecks,
  ...superSpikeChecks,
  ...rateGradientChecks,
  ...perturbationChecks,
  ...spikingPerturbationChecks,
  ...behaviourChecks,
];
