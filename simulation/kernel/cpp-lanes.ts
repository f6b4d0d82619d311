// What the C++ of step kernels has in common, for one neuron or many at once; build time only.
import type { NeuronModel } from '../models/neuron-model.ts';
import { cpp } from './cpp.ts';
import type { Language } from './language.ts';
import { randomBits } from './step-roots.ts';
import { Writer } from './write-out.ts';

/** `Int` and `Bool` are of one neuron or of many. */
export const lanes: Language = {
  ...cpp,
  int: (operator, left, right) =>
    operator === '>>>' ? `shiftedIn(${left}, ${right})` : cpp.int(operator, left, right),
  select: (condition, yes, no) => `choose(${condition}, ${yes}, ${no})`,
  lookup: (table, index) => `lookup(${table}, ${index})`,
  intNamed: (name, value) => `const Int ${name} = ${value};`,
  boolNamed: (name, value) => `const Bool ${name} = ${value};`,
  function: (name, parameters, statements, result) =>
    `inline Int ${name}(${parameters.map((each) => `Int ${each}`).join(', ')}) {\n${[...statements, `return ${result};`].map((line) => `  ${line}`).join('\n')}\n}`,
};

export const capital = (name: string) => `${name[0]!.toUpperCase()}${name.slice(1)}`;

/** A bit for each parameter that is the shift of a share. */
export const shiftsOf = (parameters: readonly string[]) =>
  `0x${parameters.reduce((bits, each, index) => bits | (each.endsWith('Shift') ? 2 ** index : 0), 0).toString(16)}`;

/** Before the loop. */
export function arrayLines(model: NeuronModel, tables: ReadonlySet<string>): string[] {
  return [
    ...model.receptors.map((each, index) => `int32_t* __restrict ${each}Of = arrays.received[${index}];`),
    ...(model.isRandom ? ['const int32_t stepKey = arrays.stepKey;'] : []),
    ...stateAndTableLines(model, tables),
  ];
}

/** What is the same for all steps. */
export function stateAndTableLines({ state, isRandom }: NeuronModel, tables: ReadonlySet<string>): string[] {
  return [
    ...state.map((each, index) => `int32_t* __restrict ${each}Of = arrays.state[${index}];`),
    ...(isRandom ? ['const int32_t randomKey = arrays.randomKey;'] : []),
    ...[...tables].map((each, index) => `const int32_t* __restrict ${each} = arrays.tables[${index}];`),
  ];
}

export const randomLines = (language: Language) => [
  'const Int neuron = numbersFrom(static_cast<int32_t>(first));',
  `const Int randomBits = ${new Writer(language, [randomBits]).text(randomBits)};`,
];

export const stateLoaded = (state: readonly string[], used: ReadonlySet<string>) =>
  state.filter((each) => used.has(each)).map((each) => `const Int ${each} = load(${each}Of + first);`);
