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
  [
    'struct Plan {',
    ...indented(fields, 1),
    '}',
    '// Of each population of the model; the one that this invocation advances.',
    '@group(1) @binding(0) var<storage, read> plans: array<Plan>;',
    'var<private> plan: Plan;',
  ].join('\n');

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

/** @returns the text of a module: for each model the shader that advances its populations by the steps of a batch. */
export function writeWgslStepKernels(models: readonly NeuronModel[]): string {
  const entries = models.map((model) => `${model.name}: \`${writeStepKernel(model)}\`,`);
  return moduleOf('steps of populations, for each model in simulation/models', 'stepKernels', entries);
}

/** A neuron's state stays in registers from step to step. Workgroups are (x, population of the model). */

function writeStepKernel(model: NeuronModel): string {
  const { state, receptors, parameters, isRandom, graded } = model;
  const roots = rootsOfStep(model);
  const tables = [...tablesOf(roots)];
  const { statements, next, fires, isSaturated, random } = writeStep(model, wgsl);
  const stateAt = (index: number) => `states[plan.statesStart + ${index}u * plan.neurons + index]`;
  const receivedAt = (index: number) => `received[slot + ${index}u * plan.neurons + index]`;
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
          'plan = plans[id.y];',
          ...used(parameters, roots),
          ...(isRandom ? ['let randomKey = plan.randomKey;'] : []),
          'for (var index = id.x; index < plan.neurons; index += groups.x * workgroupSize) {',
          ...indented(
            [
              ...state.map((each, index) => `var ${each} = ${stateAt(index)};`),
              'emptyAhead(index);',
              'for (var ahead = 0u; ahead < moment.steps; ahead++) {',
              ...indented(
                [
                  ...(receptors.length === 0 ? [] : ['let slot = receivedSlot(ahead) + plan.receivedStart;']),
                  // A receptor may be called as the array is.
                  ...receptors.map((each, index) => `let ${each}Now = ${receivedAt(index)};`),
                  ...receptors.map((_, index) => `${receivedAt(index)} = 0;`),
                  ...receptors.map((each) => `let ${each} = ${each}Now;`),
                  ...(random === undefined
                    ? []
                    : ['let stepKey = stepKeyOf(ahead);', 'let neuron = i32(index);', `let randomBits = ${random};`]),
                  ...statements,
                  ...state.map((each, index) => `let ${each}Next = ${next[index]!};`),
                  ...(graded === undefined ? [] : [`send(index, ahead, ${graded}Next);`]),
                  `if ${fires} { note(index, ahead); }`,
                  ...(isSaturated === undefined ? [] : [`if ${isSaturated} { countSaturated(ahead); }`]),
                  ...state.map((each) => `${each} = ${each}Next;`),
                ],
                1,
              ),
              '}',
              ...state.map((each, index) => `${stateAt(index)} = ${each};`),
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
