// RFLO of a rate network's trial by its declared equation; analysis process.
import type { ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';
import type { Matrix } from '../base/matrix.ts';
import { learningSignals } from './e-prop.ts';
import { parsedTimeRules } from './parsed-time-rules.ts';
import { overTrial, type RateTrial } from './rate-gradient.ts';
import type { RateNetwork } from './rate-network.ts';

/**
 * @param feedback outputs × neurons: random, or the readout's weights
 * @returns neurons × senders: the change at learning rate 1
 */
export function rfloChange(
  network: RateNetwork,
  trial: RateTrial,
  feedback: Matrix,
  rule: ParsedRule = parsedTimeRules.rflo,
): Matrix {
  const { neurons } = network.settings;
  const signals = learningSignals(trial.errors, feedback);
  const error = new Float64Array(neurons);
  const slope = new Float64Array(neurons);
  return overTrial(network, trial, rule, { error, slope }, (step) => {
    const at = step * neurons;
    error.set(signals.subarray(at, at + neurons));
    slope.set(trial.activity.slopes.subarray(at, at + neurons));
  });
}
