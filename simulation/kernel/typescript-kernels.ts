// Writes the TypeScript of all neuron models and learning rules; build time only.
import type { RuleModel } from '../learning/rule-model.ts';
import type { NeuronModel } from '../models/neuron-model.ts';
import { shortTermRoots } from '../learning/short-term.ts';
import { randomBits, rootsOfStep, writeStep } from './step-roots.ts';
import { typescript } from './typescript.ts';
import { functionsOf, type Node, tablesOf, variablesOf, Writer, writeFunction } from './write-out.ts';

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

/** @returns the text of a module: for each rule the functions that change the synapses of a sender and of a receiver. */
export function writeRuleKernels(models: readonly RuleModel[]): string {
  return [
    `${written('what a spike does to the synapses of its neuron, for each rule in simulation/learning')}
import type { PlasticArrays } from './plastic-arrays.ts';`,
    ...functionTexts(models.flatMap(({ onArrival, onFiring }) => [onArrival.node, onFiring.node])),
    ...models.map(writeRuleKernel),
    table('ruleKernels', models),
  ].join('\n\n');
}

/** @returns the text of a module: how short-term plasticity changes the state of a sender. */
export function writeShortTermKernels(): string {
  const functions = functionTexts(shortTermRoots).map((each) => `export ${each}`);
  return [written('synapses that tire and recover, as in simulation/learning/short-term.ts'), ...functions].join(
    '\n\n',
  );
}

function writeRuleKernel(model: RuleModel): string {
  const arrival = writeEvent(
    model,
    model.onArrival.node,
    ['sender', 'receiver'],
    'for (let synapse = rowStart[sender]!; synapse < rowStart[sender + 1]!; synapse++) {',
    { rowStart: true, targets: true },
    'const receiver = targets[synapse]!;',
  );
  const firing = writeEvent(
    model,
    model.onFiring.node,
    ['receiver', 'sender'],
    'for (let entry = columnStart[receiver]!; entry < columnStart[receiver + 1]!; entry++) {\nconst synapse = synapses[entry]!;',
    { columnStart: true, synapses: true, senders: true },
    'const sender = senders[entry]!;',
  );
  return `const ${model.name} = {
/** @returns the sum of all changes. */
onArrival(plastic: PlasticArrays, sender: number, step: number): number {
${arrival}
},
/** @returns the sum of all changes. */
onFiring(plastic: PlasticArrays, receiver: number, step: number): number {
${firing}
},
};`;
}

/** @param of whose event it is, and who is on the other side of each synapse */
function writeEvent(
  { senderTraces, receiverTraces, parameters }: RuleModel,
  root: Node,
  [of, other]: readonly ['sender' | 'receiver', 'sender' | 'receiver'],
  loop: string,
  arrays: Readonly<Record<string, boolean>>,
  otherLine: string,
): string {
  const used = variablesOf([root]);
  const readsOf = (side: 'sender' | 'receiver') =>
    (side === 'sender' ? senderTraces : receiverTraces).flatMap((trace, index) =>
      used.has(trace) ? [`const ${trace} = plastic.${side}Traces[${index}]!.at(${side}, step);`] : [],
    );
  const writer = new Writer(typescript, [root]);
  const after = writer.text(root);
  return [
    `const { weights, ${Object.keys(arrays).join(', ')} } = plastic;`,
    ...parameterLines('plastic', parameters, used),
    ...readsOf(of),
    'let change = 0;',
    loop,
    ...(readsOf(other).length > 0 ? [otherLine] : []),
    ...readsOf(other),
    'const weight = weights[synapse]!;',
    ...writer.statements,
    `const after = ${after};`,
    'weights[synapse] = after;',
    'change += after - weight;',
    '}',
    'return change;',
  ].join('\n');
}
