// Writes the C++ of the usual step of neuron models, for many neurons at once; build time only.
import type { NeuronModel } from '../models/neuron-model.ts';
import type { IntNode } from './expression.ts';
import { cppHeader, indented, parameterLines } from './cpp-functions.ts';
import { assert } from '../../common/base/assert.ts';
import { capital, lanes, randomLines, shiftsOf, stateAndTableLines } from './cpp-lanes.ts';
import { constantLines, shareNamed, usualLanes } from './cpp-usual-lanes.ts';
import { writeTests } from './cpp-usual-tests.ts';
import { randomBits, rootsOfStep } from './step-roots.ts';
import { leastUsualShift, mostUsualParameter, mostUsualShift } from './usual-ranges.ts';
import { usualStepOf, type UsualStep } from './usual-step.ts';
import { functionsOf, type Node, tablesOf, variablesOf, Writer } from './write-out.ts';

/** Before the loop, behind the shares. */
function sumLines({ sum }: UsualStep): string[] {
  if (sum === undefined) return [];
  const [, towards, ...shares] = sum.parameters.map((each) => new Writer(lanes, [each]).text(each));
  return [
    `const SumOfShares sum(${[sum.limit, towards, ...shares.flatMap((each) => shareNamed(each) ?? [])].join(', ')});`,
  ];
}

function changeLines({ name }: NeuronModel, { change }: UsualStep): string[] {
  if (change === undefined) return [];
  const list = (of: readonly IntNode[]) => `{${of.map((each) => new Writer(lanes, [each]).text(each)).join(', ')}}`;
  return [
    `const SumOfProducts change(${list(change.fixed)}, ${list(change.towards)}, ${change.range.join(', ')});`,
    `if (!change.isExact()) return stepByStep<registers::step${capital(name)}>(of, steps, stepped);`,
    'const Relaxation relaxation(relaxationTable);',
  ];
}

/** @returns the text of a file that is included in the namespace of usual lanes: models that say where they usually are. */
export function writeCppUsualKernels(models: readonly NeuronModel[]): string {
  const kernels = models.flatMap((model) => {
    const step = usualStepOf(model);
    return step === undefined ? [] : [{ model, text: writeKernel(model, step) }];
  });
  return `${cppHeader}
// Included in the namespace of lanes-usual.hpp, behind the kernels that compute the neurons to which something unusual happens.

constexpr int32_t mostUsualParameter = ${mostUsualParameter};
constexpr int32_t leastUsualShift = ${leastUsualShift};
constexpr int32_t mostUsualShift = ${mostUsualShift};

${kernels.map(({ text }) => text).join('\n\n')}

constexpr NamedStepKernel usualKernels[] = {
${kernels.map(({ model: { name, parameters } }) => `    {"${name}", roundedDown<usual${capital(name)}>, ${shiftsOf(parameters)}},`).join('\n')}
};
`;
}

function writeKernel(model: NeuronModel, step: UsualStep): string {
  const { name, state, receptors, parameters, isRandom } = model;
  const roots: Node[] = [
    ...step.tests.keys(),
    step.reaching.threshold,
    step.reaching.value,
    ...Object.values(step.next),
    ...Object.values(step.fired),
    step.fires,
    ...(step.sum === undefined ? [] : [step.sum.encoded]),
    ...(isRandom ? [randomBits] : []),
  ];
  const used = variablesOf(roots);
  const writer = new Writer(usualLanes, roots);
  const tests = writeTests(writer, step);
  const fires = writer.text(step.fires);
  const next = state.map((each) => writer.text(step.next[each]!));
  const shares = parameters.flatMap((each) => (used.has(each) ? (shareNamed(each) ?? []) : []));
  const isOnFiring = (each: string) => step.fired[each] !== undefined;
  const loaded = state.map((each) => `Int ${each} = load(${each}Of + first);`);
  const stored = state.map((each) => `store(${each}Of + first, ${each});`);
  const begun = [
    'const StepArrays& now = of[step];',
    ...receptors.map((each, index) => `int32_t* __restrict ${each}Of = now.received[${index}];`),
    ...(isRandom ? ['const int32_t stepKey = now.stepKey;'] : []),
  ];
  const stepFew = `stepFew<${state.length}, ${receptors.length}>(registers::step${capital(name)}, now, first, fired[step]);`;
  const firingNow = [
    ...state.flatMap((each, index) => (isOnFiring(each) ? [`Int ${each}Next = ${next[index]!};`] : [])),
    ...block(`if (${tests.mayMatter})`, [
      ...block(`if (${tests.isUnusual})`, [
        ...stored,
        stepFew,
        ...state.map((each) => `${each} = load(${each}Of + first);`),
        'continue;',
      ]),
      `const Bool fires = ${fires};`,
      'fired[step].add(first, fires);',
      ...state
        .filter(isOnFiring)
        .map((each) => `${each}Next = choose(fires, ${writer.text(step.fired[each]!)}, ${each}Next);`),
    ]),
    ...state.flatMap((each, index) => (isOnFiring(each) ? [] : [`const Int ${each}Next = ${next[index]!};`])),
  ];
  const firingLater = [
    ...block(`if (${tests.isUnusual})`, ['fired[step].list(first, fire);', stepFew, 'continue;']),
    `fired[step].addLater(first, ${fires});`,
    ...state.map((each, index) => `const Int ${each}Next = ${next[index]!};`),
  ];
  const isInRegisters = staysInRegisters(roots);
  const fire = [
    'const auto fire = [=](std::ptrdiff_t neuron) {',
    ...state.filter(isOnFiring).map((each) => `  ${each}Of[neuron] = ${parameterOf(step.fired[each]!)};`),
    '};',
  ];
  const oneStep = [
    ...(isRandom ? randomLines(lanes) : []),
    ...receptors.map((each) => `const Int ${each} = load(${each}Of + first);`),
    ...writer.statements,
    tests.statement,
    ...(isInRegisters ? firingNow : firingLater),
    ...receptors.map((each) => `store(${each}Of + first, 0);`),
    ...state.map((each) => `${each} = ${each}Next;`),
  ];
  const calls = functionsOf(roots).map(({ name: callee }) => callee);
  const eachRegister = 'for (std::ptrdiff_t first = 0; first < arrays.neurons; first += lanes)';
  const eachStep = 'for (uint32_t step = 0; step < steps; step++)';
  const loops = isInRegisters
    ? block(eachRegister, [...loaded, ...block(eachStep, [...begun, ...oneStep]), ...stored])
    : block(eachStep, [
        ...begun,
        ...block(eachRegister, [...loaded, ...oneStep, ...stored]),
        'fired[step].list(arrays.neurons, fire);',
      ]);
  const body = [
    'const StepArrays& arrays = of[0];',
    ...stateAndTableLines(model, tablesOf(rootsOfStep(model))),
    ...parameterLines('arrays', parameters, used),
    ...shares.map((each) => `const Share ${each}(${each}Mantissa, ${each}Shift);`),
    ...sumLines(step),
    ...changeLines(model, step),
    ...(calls.some((each) => each.endsWith('OfLarge')) ? ['const LargeNumbers large;'] : []),
    ...constantLines(oneStep),
    ...(isInRegisters ? [] : fire),
    'Fired fired[mostStepsAtOnce];',
    `${eachStep} fired[step] = Fired(of[step]);`,
    ...loops,
    `${eachStep} stepped[step] = fired[step].stepped();`,
  ];
  return [
    '__attribute__((noinline))',
    `void usual${capital(name)}(const StepArrays* of, uint32_t steps, Stepped* stepped) {`,
    ...indented(body, 1),
    '}',
  ].join('\n');
}

function parameterOf(node: IntNode): string {
  assert(node.kind === 'variable', 'what fires is set to parameters');
  return node.name;
}

/**
 * Whether neurons take all steps before the next ones do. Steps of conductances multiply so much that registers do not hold both: all neurons
 * take one step before the next, which was measured 7 % faster for them and 10 % slower for currents. Then who fires can be dealt with behind
 * them all, without a branch that nobody foresees: 4 % faster.
 */
const staysInRegisters = (roots: readonly Node[]) => functionsOf(roots).every(({ name }) => name !== 'relaxed');

const block = (head: string, lines: readonly string[]) => [`${head} {`, ...indented(lines, 1), '}'];
