// Writes the C++ of a step of each neuron model, for one neuron or many at once; build time only.
import type { NeuronModel } from '../models/neuron-model.ts';
import { cppHeader, indented, parameterLines } from './cpp-functions.ts';
import { cpp } from './cpp.ts';
import type { Language } from './language.ts';
import { rootsOfStep, randomBits, writeStep } from './step-roots.ts';
import { functionsOf, tablesOf, variablesOf, writeFunction } from './write-out.ts';

/** What native/src/lanes-*.hpp have in better forms than the model's. */
const functionsOfLanes = ['clamped', 'share', 'product', 'product24', 'product27'];

/** `Int` and `Bool` are of one neuron or of many. */
const lanes: Language = {
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

const capital = (name: string) => `${name[0]!.toUpperCase()}${name.slice(1)}`;

/** @returns the text of a file that is included in the namespace of some lanes: how each model advances a population by a step. */
export function writeCppStepKernels(models: readonly NeuronModel[]): string {
  const functions = functionsOf([...models.flatMap(rootsOfStep), randomBits]);
  return `${cppHeader}
// Included once for each kind of lanes, in the namespace of lanes-*.hpp.

${functions
  .filter(({ name }) => !functionsOfLanes.includes(name))
  .map((each) => writeFunction(each, lanes))
  .join('\n\n')}

${models.map(writeStepKernel).join('\n\n')}

constexpr NamedStepKernel stepKernels[] = {
${models.map(({ name, parameters }) => `    {"${name}", step${capital(name)}, ${shiftsOf(parameters)}},`).join('\n')}
};
`;
}

/** A bit for each parameter that is the shift of a share. */
const shiftsOf = (parameters: readonly string[]) =>
  `0x${parameters.reduce((bits, each, index) => bits | (each.endsWith('Shift') ? 2 ** index : 0), 0).toString(16)}`;

function writeStepKernel(model: NeuronModel): string {
  const { name, state, receptors, parameters, isRandom } = model;
  const roots = rootsOfStep(model);
  const used = variablesOf(roots);
  const { statements, next, fires, isSaturated, random } = writeStep(model, lanes);
  const arrays = (of: string, names: readonly string[]) =>
    names.map((each, index) => `int32_t* __restrict ${each}Of = arrays.${of}[${index}];`);
  const neuron = [
    ...(isRandom
      ? ['const Int neuron = numbersFrom(static_cast<int32_t>(first));', `const Int randomBits = ${random};`]
      : []),
    ...state.filter((each) => used.has(each)).map((each) => `const Int ${each} = load(${each}Of + first);`),
    ...receptors.map((each) => `const Int ${each} = load(${each}Of + first);\nstore(${each}Of + first, 0);`),
    ...statements,
    ...state.map((each, index) => `store(${each}Of + first, ${next[index]!});`),
    `fired.add(first, ${fires});`,
    ...(isSaturated === undefined ? [] : [`saturated += countOf(${isSaturated}, neurons - first);`]),
  ];
  const body = [
    ...arrays('state', state),
    ...arrays('received', receptors),
    ...(isRandom ? ['const int32_t randomKey = arrays.randomKey;', 'const int32_t stepKey = arrays.stepKey;'] : []),
    ...[...tablesOf(roots)].map((each, index) => `const int32_t* __restrict ${each} = arrays.tables[${index}];`),
    ...parameterLines('arrays', parameters, used),
    'const std::ptrdiff_t neurons = arrays.neurons;',
    'Fired fired(arrays);',
    'int32_t saturated = 0;',
    'EXOCORTEX_INDEPENDENT',
    'for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {',
    ...indented(neuron, 1),
    '}',
    'return {saturated, fired.list(arrays)};',
  ];
  return ['EXOCORTEX_STEP', `Stepped step${capital(name)}(const StepArrays& arrays) {`, ...indented(body, 1), '}'].join(
    '\n',
  );
}
