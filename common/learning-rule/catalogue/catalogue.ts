// Every learning rule that comes with the program.
import type { RuleDeclaration } from '../declaration.ts';
import { bcm } from './bcm.ts';
import { btsp } from './btsp.ts';
import { burstDependentEnsemble } from './burst-dependent-ensemble.ts';
import { burstDependent } from './burst-dependent.ts';
import { clopathStdp } from './clopath-stdp.ts';
import { contrastiveHebbianWeakFeedback } from './contrastive-hebbian-weak-feedback.ts';
import { contrastiveHebbian } from './contrastive-hebbian.ts';
import { dendriticMicrocircuitInhibition } from './dendritic-microcircuit-inhibition.ts';
import { dendriticMicrocircuit } from './dendritic-microcircuit.ts';
import { dendriticPrediction } from './dendritic-prediction.ts';
import { equilibriumPropagationHolomorphic } from './equilibrium-propagation-holomorphic.ts';
import { equilibriumPropagationSymmetric } from './equilibrium-propagation-symmetric.ts';
import { equilibriumPropagationVectorField } from './equilibrium-propagation-vector-field.ts';
import { equilibriumPropagation } from './equilibrium-propagation.ts';
import { exploratoryHebb } from './exploratory-hebb.ts';
import { hebb } from './hebb.ts';
import { multilayerRules } from './multilayer-rules.ts';
import { oja } from './oja.ts';
import { pairStdp } from './pair-stdp.ts';
import { predictiveCodingFixed } from './predictive-coding-fixed.ts';
import { predictiveCodingIncremental } from './predictive-coding-incremental.ts';
import { predictiveCodingNudged } from './predictive-coding-nudged.ts';
import { predictiveCoding } from './predictive-coding.ts';
import { rewardStdp } from './reward-stdp.ts';
import { sanger } from './sanger.ts';
import { threeFactorHebb } from './three-factor-hebb.ts';
import { timeRules } from './time-rules.ts';
import { tripletStdp } from './triplet-stdp.ts';
import { vogelsIstdp } from './vogels-istdp.ts';

/** From what needs least to what no synapse can do: two factors, spike times, scalar and vector third factors, targets, energies. */
export const catalogue: readonly RuleDeclaration[] = [
  hebb,
  oja,
  sanger,
  bcm,
  pairStdp,
  tripletStdp,
  clopathStdp,
  vogelsIstdp,
  burstDependent,
  rewardStdp,
  threeFactorHebb,
  exploratoryHebb,
  btsp,
  ...timeRules,
  ...multilayerRules,
  predictiveCoding,
  predictiveCodingFixed,
  predictiveCodingNudged,
  predictiveCodingIncremental,
  equilibriumPropagation,
  equilibriumPropagationSymmetric,
  equilibriumPropagationHolomorphic,
  equilibriumPropagationVectorField,
  contrastiveHebbian,
  contrastiveHebbianWeakFeedback,
  dendriticPrediction,
  dendriticMicrocircuit,
  dendriticMicrocircuitInhibition,
  burstDependentEnsemble,
];
