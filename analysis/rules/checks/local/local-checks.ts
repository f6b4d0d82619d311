// All checks of rules for single synapses; analysis process.
import type { RuleCheck } from '../check.ts';
import { behaviouralTimeScaleChecks } from './behavioural-time-scale.checks.ts';
import { eligibilityChecks } from './eligibility.checks.ts';
import { explorationChecks } from './exploration.checks.ts';
import { inhibitoryStdpChecks } from './inhibitory-stdp.checks.ts';
import { localityChecks } from './locality.checks.ts';
import { pairStdpChecks } from './pair-stdp.checks.ts';
import { principalComponentChecks } from './principal-components.checks.ts';
import { rewardCovarianceChecks } from './reward-covariance.checks.ts';
import { selectivityChecks } from './selectivity.checks.ts';
import { tripletStdpChecks } from './triplet-stdp.checks.ts';
import { voltageStdpChecks } from './voltage-stdp.checks.ts';

export const localChecks: readonly RuleCheck[] = [
  ...pairStdpChecks,
  ...tripletStdpChecks,
  ...principalComponentChecks,
  ...selectivityChecks,
  ...eligibilityChecks,
  ...rewardCovarianceChecks,
  ...inhibitoryStdpChecks,
  ...voltageStdpChecks,
  ...behaviouralTimeScaleChecks,
  ...explorationChecks,
  ...localityChecks,
];
