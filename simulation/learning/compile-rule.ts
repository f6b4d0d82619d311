// Turns a learning rule of a network model into whole numbers; simulation process.
import type { PairStdp } from '../../common/experiment/network/projection.ts';
import { stateMax } from '../kernel/fixed-point.ts';
import { shareOf } from '../kernel/share-of.ts';
import { wholeWeight } from '../network/whole-weight.ts';
import { pairStdp } from './pair-stdp.ts';
import { traceUnit } from './traces.ts';

/** A learning rule with its parameters. */
export type Plasticity = PairStdp;

export interface CompiledRule {
  readonly kernel: 'pairStdp';
  readonly senderTimeConstantsMilliseconds: readonly number[];
  readonly receiverTimeConstantsMilliseconds: readonly number[];
  /** Bounds of every weight, as the weights; initial weights are brought inside when the network is built. */
  readonly lowestWeight: number;
  readonly highestWeight: number;
  /** In the order of the rule's model. */
  readonly parameters: Int32Array;
}

/** @param weightUnit what a weight of 1 mV or 1 nS is as a whole number */
export function compileRule(plasticity: Plasticity, weightUnit: number): CompiledRule {
  switch (plasticity.rule) {
    case 'pair-stdp':
      return compilePairStdp(plasticity, weightUnit);
  }
}

function compilePairStdp(model: PairStdp, weightUnit: number): CompiledRule {
  const maximum = wholeWeight((model.maximumWeightMillivolts ?? model.maximumWeightNanosiemens ?? 0) * weightUnit);
  // Shares are at most 1: where a trace changes a weight by more of its units than it has, changes are counted in larger ones.
  const most = (Math.max(model.potentiationFraction, model.depressionFraction) * maximum) / traceUnit;
  const scale = Math.max(0, Math.ceil(Math.log2(most)));
  /** A weight grows by this share of a trace. */
  const perTrace = (fraction: number) => shareOf((fraction * maximum) / traceUnit / 2 ** scale);
  const [potentiation, depression] = [perTrace(model.potentiationFraction), perTrace(model.depressionFraction)];
  const values: Record<(typeof pairStdp.parameters)[number], number> = {
    potentiationMantissa: potentiation.mantissa,
    potentiationShift: potentiation.shift,
    depressionMantissa: depression.mantissa,
    depressionShift: depression.shift,
    scale,
    changeMax: stateMax >> scale,
    maximum,
  };
  return {
    kernel: 'pairStdp',
    senderTimeConstantsMilliseconds: [model.potentiationTimeConstantMilliseconds],
    receiverTimeConstantsMilliseconds: [model.depressionTimeConstantMilliseconds],
    lowestWeight: 0,
    highestWeight: maximum,
    parameters: Int32Array.from(pairStdp.parameters, (name) => values[name]),
  };
}
