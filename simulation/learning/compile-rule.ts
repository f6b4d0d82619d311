// Turns a learning rule of a network model into whole numbers; simulation process.
import type { PairStdp } from '../../common/experiment/network-model.ts';
import { shareOf, toQ16 } from '../kernel/share-of.ts';
import { pairStdp } from './pair-stdp.ts';
import { traceUnit } from './traces.ts';

/** A learning rule with its parameters. */
export type Plasticity = PairStdp;

export interface CompiledRule {
  readonly kernel: 'pairStdp';
  readonly senderTimeConstantsMilliseconds: readonly number[];
  readonly receiverTimeConstantsMilliseconds: readonly number[];
  /** Bounds of every weight in mV, Q16; initial weights are brought inside when the network is built. */
  readonly lowestWeight: number;
  readonly highestWeight: number;
  /** In the order of the rule's model. */
  readonly parameters: Int32Array;
}

export function compileRule(plasticity: Plasticity): CompiledRule {
  switch (plasticity.rule) {
    case 'pair-stdp':
      return compilePairStdp(plasticity);
  }
}

/** A weight in Q16 grows by this share of a trace. */
const perTrace = (millivolts: number) => shareOf((millivolts * 0x10000) / traceUnit);

function compilePairStdp(model: PairStdp): CompiledRule {
  const [potentiation, depression] = [perTrace(model.potentiationMillivolts), perTrace(model.depressionMillivolts)];
  const maximum = toQ16(model.maximumWeightMillivolts);
  const values: Record<(typeof pairStdp.parameters)[number], number> = {
    potentiationMantissa: potentiation.mantissa,
    potentiationShift: potentiation.shift,
    depressionMantissa: depression.mantissa,
    depressionShift: depression.shift,
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
