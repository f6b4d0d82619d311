// Writes the WGSL of all neuron models; build time only.
import type { NeuronModel } from '../models/neuron-model.ts';
import { shortTermRoots } from '../learning/short-term.ts';
import { randomBits, rootsOfStep, writeStep } from './step-roots.ts';
import { wgsl } from './wgsl.ts';
import { functionsOf, type Node, tablesOf, variablesOf, writeFunction } from './write-out.ts';

const indented = (lines: readonly string[], depth: number) =>
  lines.flatMap((line) => line.split('\n')).map((line) => `${'  '.repeat(depth)}${line}`);

const functionTexts = (roots: readonly Node[]) => functionsOf(roots).map((each) => writeFunction(each, wgsl));

/** @param fields of 32 bits each, in the order in which the host writes them */
const planOf = (fields: readonly string[]) =>
  ['struct Plan {', ...indented(fields, 1), '}', '@group(1) @binding(0) var<uniform> plan: Plan;'].join('\n');

const used = (names: readonly string[], roots: readonly Node[]) => {
  const variables = variablesOf(roots);
  return names.filter((name) => variables.has(name)).map((name) => `let ${name} = plan.${name};`);
};

const moduleOf = (what: string, name: string, entries: readonly string[]) =>
  `// Written by \`npx vitest run simulation/kernel -u\`: ${what}. Simulation process.

export const ${name} = {
${entries.join('\n')}
} as const;
`;

/** @returns the text of a module: for each model the shader that advances a population by a step. */
export function writeWgslStepKernels(models: readonly NeuronModel[]): string {
  const entries = models.map((model) => `${model.name}: \`${writeStepKernel(model)}\`,`);
  return moduleOf('a step of a population, for each model in simulation/models', 'stepKernels', entries);
}

function writeStepKernel(model: NeuronModel): string {
  const { state, receptors, parameters, isRandom, graded } = model;
  const roots = rootsOfStep(model);
  const tables = [...tablesOf(roots)];
  const { statements, next, fires, isSaturated, random } = writeStep(model, wgsl);
  const at = (array: string, index: number) => `${array}[plan.${array}Start + ${index}u * plan.neurons + index]`;
  const fields = [
    'neurons: u32,\nfirstWord: u32,\nstatesStart: u32,\nreceivedStart: u32,\nsharesStart: u32,\nsaturatedAt: u32,\nrandomKey: i32,',
    ...tables.map((each) => `${each}Start: i32,`),
    ...parameters.map((each) => `${each}: i32,`),
  ];
  return [
    planOf(fields),
    ...functionTexts(isRandom ? [...roots, randomBits] : roots),
    `@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {`,
  ]
    .concat(
      indented(
        [
          ...used(parameters, roots),
          ...(isRandom ? ['let randomKey = plan.randomKey;', 'let stepKey = moment.stepKey;'] : []),
          'for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {',
          ...indented(
            [
              ...state.map((each, index) => `let ${each} = ${at('states', index)};`),
              ...receptors.map((each, index) => `let ${each}Now = ${at('received', index)};`),
              ...receptors.map((_, index) => `${at('received', index)} = 0;`),
              ...receptors.map((each) => `let ${each} = ${each}Now;`),
              ...(random === undefined ? [] : ['let neuron = i32(index);', `let randomBits = ${random};`]),
              ...statements,
              ...state.map((_, index) => `${at('states', index)} = ${next[index]!};`),
              ...(graded === undefined ? [] : [`send(index, ${next[state.indexOf(graded)]!});`]),
              `note(index, ${fires});`,
              ...(isSaturated === undefined ? [] : [`if ${isSaturated} { countSaturated(); }`]),
            ],
            1,
          ),
          '}',
        ],
        1,
      ),
      '}\n',
    )
    .join('\n');
}

/** @returns the text of a module: the functions of synapses that tire. */
export function writeWgslShortTerm(): string {
  return `// Written by \`npx vitest run simulation/kernel -u\`: synapses that tire and recover, as in simulation/learning/short-term.ts. Simulation process.

export const shortTermPart = \`
${functionTexts(shortTermRoots).join('\n')}
\`;
`;
}
