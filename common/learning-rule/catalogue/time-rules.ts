// Rules of the catalogue for networks in time.
import type { RuleDeclaration } from '../declaration.ts';
import { bpttSurrogate } from './bptt-surrogate.ts';
import { ePropAlif } from './e-prop-alif.ts';
import { ePropLif } from './e-prop-lif.ts';
import { exploratoryHebbDelayed } from './exploratory-hebb-delayed.ts';
import { exploratoryHebbRate } from './exploratory-hebb-rate.ts';
import { nodePerturbationInTime } from './node-perturbation-in-time.ts';
import { reinforceRecurrent } from './reinforce-recurrent.ts';
import { rflo } from './rflo.ts';
import { rtrl } from './rtrl.ts';
import { superSpike } from './superspike.ts';

export const timeRules: readonly RuleDeclaration[] = [
  bpttSurrogate,
  rtrl,
  ePropLif,
  ePropAlif,
  superSpike,
  rflo,
  nodePerturbationInTime,
  exploratoryHebbRate,
  exploratoryHebbDelayed,
  reinforceRecurrent,
];
