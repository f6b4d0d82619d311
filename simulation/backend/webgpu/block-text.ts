// Writes one block of a learning rule as a WGSL function, instruction by instruction; simulation process.
import type { CompiledRule } from '../../learning/compile-rule.ts';
import type { Block, Input, Instruction, Output } from '../../../common/learning-rule/program/program.ts';
import { synapsesAtOnce } from '../typescript/event-synapses.ts';

/**
 * @param faultsBefore how many results of the rule's blocks before this one can leave their bounds: each has a counter
 * @returns a function of the synapse, its neurons, its entry in the list of the event and the first entry of the same neuron. A result beyond
 * its bounds raises the counter of its output to 2³² − 1 − the first of the synapses with which the reference computes this one.
 */
export function blockText({ factors }: CompiledRule, block: Block, faultsBefore: number): string {
  const { inputs, instructions, outputs, tables } = block;
  let fault = faultsBefore;
  const lines = [
    ...inputs.map((input, register) => `let r${register} = ${inputText(input, factors)};`),
    ...instructions.map((each, index) => `let r${inputs.length + index}: i32 = ${instructionText(each, tables)};`),
    ...outputs.flatMap((output, index) => outputLines(output, index, output.isFaultBeyond ? fault++ : -1)),
  ];
  return `
fn learn(sender: u32, receiver: u32, synapse: u32, entry: u32, first: u32) {
${lines.map((line) => `  ${line}`).join('\n')}
}
`;
}

/** In the plan: where a table of the block begins. */
export const tableName = (index: number) => `table${index}`;

/** Of the weight (−1) or a variable; variables lie behind the weights. */
const synapseWord = (variable: number) =>
  variable < 0 ? 'weights[synapse]' : `weights[${variable + 1}u * plan.route.synapses + synapse]`;

function inputText(input: Input, factors: CompiledRule['factors']): string {
  switch (input.kind) {
    case 'weight':
      return synapseWord(-1);
    case 'variable':
      return synapseWord(input.index);
    case 'trace':
      return `traceAt(plan.${input.side}Trace${input.index}, ${input.side})`;
    case 'average':
      return `memories[plan.${input.side}Average${input.index} + ${input.side}]`;
    case 'potential':
      return 'states[plan.route.potentialStart + receiver]';
    case 'fired':
      return input.side === 'sender' ? 'arrivesFrom(plan.route, sender)' : 'firesAt(plan.route, receiver)';
    case 'factor':
      return `tables[plan.factor${input.index}${factors[input.index]!.isPerReceiver ? ' + receiver' : ''}]`;
  }
}

function instructionText(instruction: Instruction, tables: readonly Int32Array[]): string {
  if (instruction.kind === 'constant') return `${instruction.value}`;
  const a = `r${instruction.a}`;
  const b = 'b' in instruction ? `r${instruction.b}` : '';
  switch (instruction.kind) {
    case 'add':
      return `${a} + ${b}`;
    case 'subtract':
      return `${a} - ${b}`;
    case 'min':
    case 'max':
      return `${instruction.kind}(${a}, ${b})`;
    case 'below':
      return `select(0, 1, ${a} < ${b})`;
    case 'atMost':
      return `select(0, 1, ${a} <= ${b})`;
    case 'multiply':
      return instruction.shift === 0 ? `${a} * ${b}` : `multiply(${a}, ${b}, ${instruction.shift}u)`;
    case 'shiftLeft':
      return `${a} << ${instruction.bits}u`;
    case 'shiftRight':
      return `((${a} >> ${instruction.bits - 1}u) + 1) >> 1u`;
    case 'look': {
      const { table, low, shift } = instruction;
      const most = ((tables[table]!.length - 1) << shift) - 1;
      return `look(plan.${tableName(table)}, ${a} - (${low}), ${most}, ${shift}u)`;
    }
  }
}

function outputLines({ register, variable, low, high, shiftLeft }: Output, index: number, fault: number): string[] {
  const value = `r${register}`;
  return [
    `let bounded${index} = select(select(${value}, ${high}, ${value} > ${high}), ${low}, ${value} < ${low});`,
    ...(fault < 0 ? [] : [`if bounded${index} != ${value} { countBeyond(${fault}u, entry, first); }`]),
    `${synapseWord(variable)} = bounded${index} << ${shiftLeft}u;`,
  ];
}

/** The reference computes so many synapses of a neuron at once, and reports the first output of the first of them that is beyond its bounds. */
export const countBeyondText = `
fn countBeyond(fault: u32, entry: u32, first: u32) {
  let start = entry - (entry - first) % ${synapsesAtOnce}u;
  atomicMax(&counters[moment.firstCounter + plan.route.beyondAt + fault], 0xffffffffu - start);
}
`;
