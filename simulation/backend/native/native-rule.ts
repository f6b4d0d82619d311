// Writes a compiled learning rule as the words that the native addon takes; simulation process.
import {
  inputKinds,
  instructionKinds,
  type NativeBlockPlan,
  type NativeRulePlan,
  neuronSides,
} from '../../../native/native-rule-plan.ts';
import type { CompiledRule } from '../../learning/compile-rule.ts';
import type { Average, Block, Input, Instruction, Output } from '../../../common/learning-rule/program/program.ts';
import { decayFactors } from '../../learning/traces.ts';
import type { SynapseRows } from '../../network/compiled-network.ts';
import { surveyPartsOf } from '../../network/survey-parts.ts';

export function nativeRuleOf(rule: CompiledRule, rows: SynapseRows, stepMilliseconds: number): NativeRulePlan {
  const { blocks, averages, traceTimeConstants, factors, factorStarts } = rule;
  const decays = (timeConstants: readonly number[]) =>
    timeConstants.map((milliseconds) => decayFactors(milliseconds, stepMilliseconds));
  return {
    arrival: blocks.arrival && blockOf(blocks.arrival),
    firing: blocks.firing && blockOf(blocks.firing),
    step: blocks.step && blockOf(blocks.step),
    senderFactors: decays(traceTimeConstants.sender),
    receiverFactors: decays(traceTimeConstants.receiver),
    senderAverages: words(averages.sender, averageWords),
    receiverAverages: words(averages.receiver, averageWords),
    variables: Int32Array.from(rule.variables, ({ initial }) => initial),
    factors: words(factors, ({ isPerReceiver }, index) => [factorStarts[index]!, Number(isPerReceiver)]),
    finerBits: rule.finerBits,
    sign: rule.sign,
    gateAt: rule.gateAt,
    surveyParts: surveyPartsOf(rows),
  };
}

const words = <T>(of: readonly T[], write: (each: T, index: number) => readonly number[]) =>
  Int32Array.from(of.flatMap(write));

const blockOf = ({ inputs, instructions, outputs, tables }: Block): NativeBlockPlan => ({
  inputs: words(inputs, inputWords),
  instructions: words(instructions, instructionWords),
  outputs: words(outputs, outputWords),
  tables,
});

const inputWords = (input: Input) => [
  inputKinds.indexOf(input.kind),
  'side' in input ? neuronSides.indexOf(input.side) : 0,
  'index' in input ? input.index : 0,
];

function instructionWords(instruction: Instruction): readonly number[] {
  const kind = instructionKinds.indexOf(instruction.kind);
  switch (instruction.kind) {
    case 'constant':
      return [kind, 0, 0, instruction.value, 0];
    case 'add':
    case 'subtract':
    case 'min':
    case 'max':
    case 'below':
    case 'atMost':
      return [kind, instruction.a, instruction.b, 0, 0];
    case 'multiply':
      return [kind, instruction.a, instruction.b, instruction.shift, 0];
    case 'shiftLeft':
    case 'shiftRight':
      return [kind, instruction.a, 0, instruction.bits, 0];
    case 'look':
      return [kind, instruction.a, instruction.table, instruction.shift, instruction.low];
  }
}

const outputWords = ({ register, variable, low, high, shiftLeft, isFaultBeyond }: Output) => [
  register,
  variable,
  low,
  high,
  shiftLeft,
  Number(isFaultBeyond),
];

const averageWords = ({ of, low, high, shiftLeft, factor, shift }: Average) => [
  Number(of === 'fired'),
  low,
  high,
  shiftLeft,
  factor,
  shift,
];
