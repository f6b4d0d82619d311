// Writes the C++ of the usual step of neuron models, for many neurons at once; build time only.
import type { NeuronModel } from '../models/neuron-model.ts';
import { cppHeader, indented, parameterLines } from './cpp-functions.ts';
import { capital, lanes, randomLines, shiftsOf, stateAndTableLines } from './cpp-lanes.ts';
import { writeTests } from './cpp-usual-tests.ts';
import { randomBits, rootsOfStep } from './step-roots.ts';
import { leastUsualShift, mostUsualParameter, mostUsualShift } from './usual-ranges.ts';
import { usualStepOf, type UsualStep } from './usual-step.ts';
import { functionsOf, type Node, tablesOf, variablesOf, Writer } from './write-out.ts';

/** Shares of parameters are made before the loop. */
const usualLanes = {
  ...lanes,
  call(name: string, parameters: readonly string[]) {
    if (name === 'sumOfShares') return sumWritten(parameters);
    if (name === 'decoded') return `sum.decoded(${parameters.join()})`;
    const [value, mantissa] = parameters as [string, string];
    const share = shareNamed(mantissa);
    return lanes.call(name, share === undefined ? parameters : [value, share]);
  },
};

const shareNamed = (mantissa: string | undefined) => /^(\w+)Mantissa$/.exec(mantissa ?? '')?.[1];

function sumWritten([value, , , , ...gains]: readonly string[]): string {
  let sum = `sum.from(${value!})`;
  for (let index = 0; index < gains.length; index += 3)
    sum = `sum.plus(${sum}, ${gains[index]!}, ${shareNamed(gains[index + 1])!})`;
  return `sum.encoded(${sum})`;
}

/** Before the loop, behind the shares. */
function sumLines({ sum }: UsualStep): string[] {
  if (sum === undefined) return [];
  const [, towards, ...shares] = sum.parameters.map((each) => new Writer(lanes, [each]).text(each));
  return [
    `const SumOfShares sum(${[sum.limit, towards, ...shares.flatMap((each) => shareNamed(each) ?? [])].join(', ')});`,
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
  const oneStep = [
    ...(isRandom ? randomLines(lanes) : []),
    ...receptors.map((each) => `const Int ${each} = load(${each}Of + first);`),
    ...writer.statements,
    tests.statement,
    ...state.flatMap((each, index) => (isOnFiring(each) ? [`Int ${each}Next = ${next[index]!};`] : [])),
    ...block(`if (${tests.mayMatter})`, [
      ...block(`if (${tests.isUnusual})`, [
        ...stored,
        `stepFew<${state.length}, ${receptors.length}>(registers::step${capital(name)}, now, first, fired[step]);`,
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
    ...receptors.map((each) => `store(${each}Of + first, 0);`),
    ...state.map((each) => `${each} = ${each}Next;`),
  ];
  const eachRegister = 'for (std::ptrdiff_t first = 0; first < arrays.neurons; first += lanes)';
  const eachStep = 'for (uint32_t step = 0; step < steps; step++)';
  const loops = staysInRegisters(roots)
    ? block(eachRegister, [...loaded, ...block(eachStep, [...begun, ...oneStep]), ...stored])
    : block(eachStep, [...begun, ...block(eachRegister, [...loaded, ...oneStep, ...stored])]);
  const body = [
    'const StepArrays& arrays = of[0];',
    ...stateAndTableLines(model, tablesOf(rootsOfStep(model))),
    ...parameterLines('arrays', parameters, used),
    ...shares.map((each) => `const Share ${each}(${each}Mantissa, ${each}Shift);`),
    ...sumLines(step),
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

/**
 * Whether neurons take all steps before the next ones do. Steps of conductances multiply so much that registers do not hold both: all neurons
 * take one step before the next, which was measured 7 % faster for them and 10 % slower for currents.
 */
const staysInRegisters = (roots: readonly Node[]) =>
  functionsOf(roots).every(({ name }) => !name.startsWith('product27'));

const block = (head: string, lines: readonly string[]) => [`${head} {`, ...indented(lines, 1), '}'];
