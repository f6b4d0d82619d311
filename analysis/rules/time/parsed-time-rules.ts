// The catalogue's rules for networks in time, read once; analysis process.
import { bpttSurrogate } from '../../../common/learning-rule/catalogue/bptt-surrogate.ts';
import { ePropAlif } from '../../../common/learning-rule/catalogue/e-prop-alif.ts';
import { ePropLif } from '../../../common/learning-rule/catalogue/e-prop-lif.ts';
import { exploratoryHebbDelayed } from '../../../common/learning-rule/catalogue/exploratory-hebb-delayed.ts';
import { exploratoryHebbRate } from '../../../common/learning-rule/catalogue/exploratory-hebb-rate.ts';
import { nodePerturbationInTime } from '../../../common/learning-rule/catalogue/node-perturbation-in-time.ts';
import { weightPerturbation } from '../../../common/learning-rule/catalogue/perturbation.ts';
import { reinforceRecurrent } from '../../../common/learning-rule/catalogue/reinforce-recurrent.ts';
import { rflo } from '../../../common/learning-rule/catalogue/rflo.ts';
import { rtrl } from '../../../common/learning-rule/catalogue/rtrl.ts';
import { superSpike } from '../../../common/learning-rule/catalogue/superspike.ts';
import { parseRule } from '../../../common/learning-rule/parsed-rule.ts';

export const parsedTimeRules = {
  bptt: parseRule(bpttSurrogate),
  rtrl: parseRule(rtrl),
  ePropLif: parseRule(ePropLif),
  ePropAlif: parseRule(ePropAlif),
  superSpike: parseRule(superSpike),
  rflo: parseRule(rflo),
  nodePerturbation: parseRule(nodePerturbationInTime),
  exploratoryHebb: parseRule(exploratoryHebbRate),
  exploratoryHebbDelayed: parseRule(exploratoryHebbDelayed),
  reinforce: parseRule(reinforceRecurrent),
  weightPerturbation: parseRule(weightPerturbation),
} as const;
