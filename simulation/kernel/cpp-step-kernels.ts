// Writes the C++ of a step of each neuron model, for one neuron or many at once; build time only.
import type { NeuronModel } from '../models/neuron-model.ts';
import { cppHeader, indented, parameterLines } from './cpp-functions.ts';
import { arrayLines, capital, lanes, randomLines, shiftsOf, stateLoaded } from './cpp-lanes.ts';
import { rootsOfStep, randomBits, writeStep } from './step-roots.ts';
import { functionsOf, tablesOf, variablesOf, writeFunction } from './write-out.ts';

/** What native/src/lanes-*.hpp have in better forms than the model's. */
const functionsOfLanes = ['clamped', 'fromZeroTo', 'share', 'product', 'product24', 'product27'];

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
${models.map(({ name, parameters }) => `    {"${name}", stepByStep<step${capital(name)}>, ${shiftsOf(parameters)}},`).join('\n')}
};
`;
}

function writeStepKernel(model: NeuronModel): string {
  const { name, state, receptors, parameters, isRandom } = model;
  const roots = rootsOfStep(model);
  const used = variablesOf(roots);
  const { statements, next, fires, isSaturated } = writeStep(model, lanes);
  const neuron = [
    ...(isRandom ? randomLines(lanes) : []),
    ...stateLoaded(state, used),
    ...receptors.map((each) => `const Int ${each} = load(${each}Of + first);\nstore(${each}Of + first, 0);`),
    ...statements,
    ...state.map((each, index) => `store(${each}Of + first, ${next[index]!});`),
    `fired.add(first, ${fires});`,
    ...(isSaturated === undefined ? [] : [`saturated += countOf(${isSaturated}, neurons - first);`]),
  ];
  const body = [
    ...arrayLines(model, tablesOf(roots)),
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
