// Writes the C++ that asks whether usual steps are the steps of some neurons; build time only.
import { assert } from '../../common/base/assert.ts';
import { usualLanes } from './cpp-usual-lanes.ts';
import type { UsualStep } from './usual-step.ts';
import type { Writer } from './write-out.ts';

export interface UsualTests {
  /** What is found out about all values but the one that may reach the threshold. */
  readonly statement: string;
  /** Whether any neuron is unusual or reaches its threshold. */
  readonly mayMatter: string;
  readonly isUnusual: string;
}

export function writeTests(writer: Writer, step: UsualStep): UsualTests {
  const { statement, isAny } =
    step.sum === undefined ? testsOfBits(writer, step) : testsOfSizes(writer, step, step.sum);
  const { reaches, isBeyond } = testsOfReaching(writer, step);
  return { statement, mayMatter: isAny(reaches), isUnusual: isAny(isBeyond) };
}

type FoundOut = Readonly<{ statement: string; isAny: (condition?: string) => string }>;

/** Bits that are 0 where values are in their ranges. */
function testsOfBits(writer: Writer, { tests, reaching }: UsualStep): FoundOut {
  const byMask = new Map<number, string[]>();
  for (const [node, [least, most]] of tests) {
    if (node === reaching.value) continue;
    const text = writer.text(node);
    const mask = -(most - least + 1);
    byMask.set(mask, [...(byMask.get(mask) ?? []), least === 0 ? text : `(${text} - ${written(least)})`]);
  }
  const bits = [...byMask].map(([mask, values]) => `((${values.join(' | ')}) & ${written(mask)})`).join(' | ');
  return {
    statement: `const Int unusual = ${bits};`,
    isAny: (condition) => `isAny(unusual${condition === undefined ? '' : `, ${condition}`})`,
  };
}

/** Sizes of the numbers that are multiplied anyway. */
function testsOfSizes(writer: Writer, { tests, reaching }: UsualStep, sum: NonNullable<UsualStep['sum']>): FoundOut {
  const { gainsOf, limit } = sum;
  const tested = [...tests.keys()].filter((node) => node !== reaching.value);
  assert(
    tested.every((node) => gainsOf.includes(node)),
    'beside a sum of shares only their values are tested',
  );
  const [first, ...others] = gainsOf.map((each) => writer.text(each));
  const sizes = others.reduce((larger, each) => `larger(${larger}, ${each})`, `floatOf(${first!})`);
  return {
    statement: `const Float sizes = ${sizes};`,
    isAny: (condition) => `isAny(sizes, ${limit}.0F, ${condition ?? 'never'})`,
  };
}

/** Whether a value reaches the threshold or is not in its range, and whether it is not in its range. */
function testsOfReaching(
  writer: Writer,
  { tests, reaching, sum }: UsualStep,
): { reaches: string; isBeyond: string | undefined } {
  const [value, threshold] = [writer.text(reaching.value), writer.text(reaching.threshold)];
  const encoded = sum === undefined ? '' : writer.text(sum.encoded);
  if (reaching.value === sum?.decoded)
    return { reaches: `sum.reaches(${encoded}, ${threshold})`, isBeyond: `sum.isOutside(${encoded})` };
  const range = tests.get(reaching.value);
  if (range === undefined) {
    assert(sum === undefined, 'what is computed from a sum of shares may be anywhere');
    return { reaches: `${threshold} <= ${value}`, isBeyond: undefined };
  }
  const [least, most] = [written(range[0]), written(range[1])];
  const isFrom = (bound: string) => `isAtLeastUnsigned(${value} - ${least}, ${bound} - ${least})`;
  const isOutside = sum === undefined ? '' : ` | sum.isOutside(${encoded})`;
  return { reaches: `${isFrom(threshold)}${isOutside}`, isBeyond: `${isFrom(most)}${isOutside}` };
}

const written = (value: number) => usualLanes.constant(value);
