// Writes the WGSL of all neuron models and learning rules; build time only.
import type { RuleModel } from '../learning/rule-model.ts';
import type { NeuronModel } from '../models/neuron-model.ts';
import { shortTermRoots } from '../learning/short-term.ts';
import { randomBits, rootsOfStep, writeStep } from './step-roots.ts';
import { wgsl } from './wgsl.ts';
import { functionsOf, type Node, tablesOf, variablesOf, Writer, writeFunction } from './write-out.ts';

const indented = (lines: readonly string[], depth: number) =>
  lines.flatMap((line) => line.split('\n')).map((line) => `${'  '.repeat(depth)}${line}`);

const functionTexts = (roots: readonly Node[], except: readonly Node[] = []) => {
  const known = new Set(functionsOf(except));
  return functionsOf(roots)
    .filter((each) => !known.has(each))
    .map((each) => writeFunction(each, wgsl));
};

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

/** @returns the text of a module: for each rule the shader that delivers spikes and changes synapses. */
export function writeWgslRuleKernels(models: readonly RuleModel[]): string {
  const entries = models.map((model) => `${model.name}: \`${writeRuleKernel(model)}\`,`);
  return moduleOf(
    'what a spike does to the synapses of its neuron, for each rule in simulation/learning',
    'ruleKernels',
    entries,
  );
}

function writeRuleKernel(model: RuleModel): string {
  const { onArrival, onFiring, senderTraces, receiverTraces, parameters } = model;
  const fields = [
    'route: Route,',
    ...[...senderTraces, ...receiverTraces].map((each) => `${each}: Trace,`),
    ...parameters.map((each) => `${each}: i32,`),
  ];
  return [
    planOf(fields),
    ...functionTexts([onArrival.node, onFiring.node], shortTermRoots),
    writeEvent(model, 'arrive', onArrival.node, ['sender', 'receiver'], {
      spikes: 'arrivedWord(plan.route, word)',
      synapse: ['let synapse = entry;', 'let receiver = rows[plan.route.senders + 1u + synapse];'],
      delivery: ['deliver(plan.route, receiver, weight, part);'],
      part: ['let part = partAt(plan.route, sender);'],
    }),
    writeEvent(model, 'fire', onFiring.node, ['receiver', 'sender'], {
      spikes: 'firedWord(plan.route, word)',
      synapse: [
        'let synapse = rows[plan.route.receivers + 1u + entry];',
        'let sender = rows[plan.route.receivers + 1u + plan.route.synapses + entry];',
      ],
      delivery: [],
      part: [],
    }),
  ].join('\n');
}

/** @param sides whose event it is, and who is on the other side of each synapse */
function writeEvent(
  { senderTraces, receiverTraces, parameters }: RuleModel,
  name: string,
  root: Node,
  [of, other]: readonly ['sender' | 'receiver', 'sender' | 'receiver'],
  { spikes, synapse, delivery, part }: { spikes: string } & Record<'synapse' | 'delivery' | 'part', readonly string[]>,
): string {
  const variables = variablesOf([root]);
  const readsOf = (side: 'sender' | 'receiver') =>
    (side === 'sender' ? senderTraces : receiverTraces).flatMap((trace) =>
      variables.has(trace) ? [`let ${trace} = traceAt(plan.${trace}, ${side});`] : [],
    );
  const writer = new Writer(wgsl, [root]);
  const after = writer.text(root);
  const each = [
    ...synapse,
    ...readsOf(other),
    'let weight = weights[synapse];',
    ...delivery,
    ...writer.statements,
    `let after = ${after};`,
    'weights[synapse] = after;',
    'change = plus(change, after - weight);',
  ];
  const spike = [
    `let ${of} = 32u * word + countTrailingZeros(spikes);`,
    'spikes &= spikes - 1u;',
    ...part,
    ...readsOf(of),
    `for (var entry = rows[${of}] + local.x; entry < rows[${of} + 1u]; entry += workgroupSize) {`,
    ...indented(each, 1),
    '}',
  ];
  return `@compute @workgroup_size(workgroupSize)
fn ${name}(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
${indented(
  [
    ...used(parameters, [root]),
    'var change = Change();',
    `for (var word = group.x; 32u * word < plan.route.${of}s; word += groups.x) {`,
    `  var spikes = ${spikes};`,
    '  while spikes != 0u {',
    ...indented(spike, 2),
    '  }',
    '}',
    'addToWeightChange(plan.route, change);',
  ],
  1,
).join('\n')}
}
`;
}
