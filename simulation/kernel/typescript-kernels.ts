// Writes the TypeScript of all neuron models; build time only.
import type { NeuronModel } from '../models/neuron-model.ts';
import { shortTermRoots } from '../learning/short-term.ts';
import { randomBits, rootsOfStep, writeStep } from './step-roots.ts';
import { typescript } from './typescript.ts';
import { functionsOf, type Node, tablesOf, variablesOf, writeFunction } from './write-out.ts';

const written = (what: string) => `// Written by \`npx vitest run simulation/kernel -u\`: ${what}. Simulation process.`;

const functionTexts = (roots: readonly Node[]) => functionsOf(roots).map((each) => writeFunction(each, typescript));
const table = (name: string, of: readonly { name: string }[]) =>
  `export const ${name} = { ${of.map((each) => each.name).join(', ')} } as const;`;

/** @returns the text of a module: for each model a function that advances a population by a step. */
export function writeStepKernels(models: readonly NeuronModel[]): string {
  return [
    `${written('a step of a population, for each model in simulation/models')}
import type { SpikeList } from '../../spike-list.ts';
import type { PopulationArrays } from './population-arrays.ts';`,
    ...functionTexts([...models.flatMap(rootsOfStep), randomBits]),
    ...models.map(writeStepKernel),
    table('stepKernels', models),
  ].join('\n\n');
}

function writeStepKernel(model: NeuronModel): string {
  const { name, state, receptors, parameters, isRandom } = model;
  const roots = rootsOfStep(model);
  const used = variablesOf(roots);
  const tables = [...tablesOf(roots)];
  const { statements, next, fires, isSaturated, random } = writeStep(model, typescript);
  const arrays = (of: string, names: readonly string[]) =>
    names.map((each, index) => `const ${each}Of = ${of}[${index}]!;`);
  const fields = [
    'neurons',
    ...(state.length > 0 ? ['state'] : []),
    ...(receptors.length > 0 ? ['received'] : []),
    ...(tables.length > 0 ? ['tables'] : []),
    ...(isRandom ? ['randomKey'] : []),
  ];
  return `/** @returns in how many neurons a value was brought back to its bounds. */
function ${name}(population: PopulationArrays, ${isRandom ? 'stepKey' : '_stepKey'}: number, fired: SpikeList): number {
${[
  `const { ${fields.join(', ')} } = population;`,
  ...arrays('state', state),
  ...arrays('received', receptors),
  ...tables.map((each, index) => `const ${each} = tables[${index}]!;`),
  ...parameterLines('population', parameters, used),
  ...(isSaturated === undefined ? [] : ['let saturated = 0;']),
  'for (let neuron = 0; neuron < neurons; neuron++) {',
  ...state.filter((each) => used.has(each)).map((each) => `const ${each} = ${each}Of[neuron]!;`),
  ...receptors.map((each) => `const ${each} = ${each}Of[neuron]!;\n${each}Of[neuron] = 0;`),
  ...(random === undefined ? [] : [`const randomBits = ${random};`]),
  ...statements,
  ...state.map((each, index) => `${each}Of[neuron] = ${next[index]!};`),
  `if (${fires}) fired.add(neuron);`,
  ...(isSaturated === undefined ? [] : [`if (${isSaturated}) saturated++;`]),
  '}',
  isSaturated === undefined ? 'return 0;' : 'return saturated;',
].join('\n')}
}`;
}

const parameterLines = (from: string, parameters: readonly string[], used: ReadonlySet<string>) =>
  parameters.flatMap((each, index) => (used.has(each) ? [`const ${each} = ${from}.parameters[${index}]!;`] : []));

/** @returns the text of a module: how short-term plasticity changes the state of a sender. */
export function writeShortTermKernels(): string {
  const functions = functionTexts(shortTermRoots).map((each) => `export ${each}`);
  return [written('synapses that tire and recover, as in simulation/learning/short-term.ts'), ...functions].join(
    '\n\n',
  );
}
