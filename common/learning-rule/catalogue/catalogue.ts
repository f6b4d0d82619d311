// Every learning rule that comes with the program.
import type { RuleDeclaration } from '../declaration.ts';
import { bcm } from './bcm.ts';
import { btsp } from './btsp.ts';
import { clopathStdp } from './clopath-stdp.ts';
import { exploratoryHebb } from './exploratory-hebb.ts';
import { feedbackAlignment } from './feedback-alignment.ts';
import { hebb } from './hebb.ts';
import { oja } from './oja.ts';
import { pairStdp } from './pair-stdp.ts';
import { rewardStdp } from './reward-stdp.ts';
import { sanger } from './sanger.ts';
import { threeFactorHebb } from './three-factor-hebb.ts';
import { tripletStdp } from './triplet-stdp.ts';
import { vogelsIstdp } from './vogels-istdp.ts';

export const catalogue: readonly RuleDeclaration[] = [
  pairStdp,
  tripletStdp,
  clopathStdp,
  vogelsIstdp,
  rewardStdp,
  threeFactorHebb,
  exploratoryHebb,
  btsp,
  hebb,
  oja,
  sanger,
  bcm,
  feedbackAlignment,
];
