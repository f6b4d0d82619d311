// Learning rules of any equations, for comparing back ends: they read everything that a rule may read and mean nothing.
import fc from 'fast-check';
import type { RuleDeclaration, RuleParameter } from '../../common/learning-rule/declaration.ts';

const parameter = (symbol: string, unit: string, standard: number): RuleParameter => ({
  symbol,
  label: symbol,
  unit,
  min: 0,
  max: 1000,
  default: standard,
});
const bounded = (unit: string, min: number, max: number) => ({ label: 'Value', unit, min, max });

/** @returns a rule with the given equations; `e` is in the unit of the weight, `c` is a pure number. */
export const ruleOfEquations = (on: RuleDeclaration['on']): RuleDeclaration => ({
  name: 'any-equations',
  title: 'Any equations',
  about: 'Only for tests.',
  form: 'spiking',
  sources: [],
  parameters: {
    fastMilliseconds: parameter('tau_fast', 'ms', 15),
    slowMilliseconds: parameter('tau_slow', 'ms', 40),
    potentialMillivolts: parameter('D', 'mV', 5),
    maximumWeight: parameter('w_max', 'w', 5),
  },
  pre: {
    x: { kind: 'trace', label: 'Trace', timeConstant: 'tau_fast' },
    x2: { kind: 'trace', label: 'Slow trace', timeConstant: 'tau_slow' },
    z_pre: { kind: 'value', ...bounded('', 0, 1) },
    r_pre: { kind: 'average', of: 'z_pre', timeConstant: 'tau_slow', ...bounded('', 0, 1) },
  },
  post: {
    y: { kind: 'trace', label: 'Trace', timeConstant: 'tau_fast' },
    u: { kind: 'value', ...bounded('mV', -75, -40) },
    u_mean: { kind: 'average', of: 'u', timeConstant: 'tau_fast', ...bounded('mV', -75, -40) },
    z_post: { kind: 'value', ...bounded('', 0, 1) },
    r_post: { kind: 'average', of: 'z_post', timeConstant: 'tau_slow', ...bounded('', 0, 1) },
  },
  thirdFactors: {
    M: { ...bounded('', -2, 2), pathway: 'broadcast' },
    L: { ...bounded('', -1, 1), pathway: 'separate' },
  },
  synapse: {
    e: { ...bounded('w', -8, 8), initial: 0.25 },
    c: { ...bounded('', -1, 1), initial: 0.5 },
  },
  bounds: { min: '0', max: 'w_max' },
  on,
});

/** Every input in one rule, and every instruction that equations become; a result that is another's value from before. */
export const everything = ruleOfEquations({
  arrival: {
    w: 'w - 0.02 * w_max * y * exp(-clip((u - u_mean) / D, -2, 2)) + 0.1 * e * M',
    e: 'clip(0.8 * e + 0.1 * w_max * min(r_pre, z_post), -w_max, w_max)',
  },
  firing: {
    c: 'clip(0.5 * c + 0.1 * x2 * (w < 0.5 * w_max) - 0.2 * z_pre * (r_post <= 0.02), -1, 1)',
    w: 'w + 0.02 * w_max * x * logistic((u_mean - u) / D) * (1 - w / w_max) + 0.01 * w_max * L * max(c, 0.1)',
  },
  step: {
    e: '0.95 * e + 0.01 * w_max * (z_post - r_post) * L * M',
    w: 'w * (1 - 0.001 * sqrt(abs(c))) - 0.01 * w_max * z_pre * z_post / (0.5 + r_pre)',
  },
});

const leaves = [
  ...['x', 'x2', 'y', 'z_pre', 'z_post', 'r_pre', 'r_post', 'M', 'L', 'c'],
  ...['(w / w_max)', '(e / w_max)', '((u + 60 * D / 5) / D)', '((u - u_mean) / D)', '(dt / tau_fast)'],
  ...['0.3', '1', '2', '7'],
];
const operators = ['+', '-', '*', '<', '<=', '>', '>='];
/** Each finite for everything that can stand in it. */
const calls = [
  ...['abs(A)', 'positive(A)', 'sign(A)', 'tanh(A)', 'logistic(A)', '(-A)', '(A)^2', 'clip(A, -3, 3)^3'],
  ...['exp(clip(A, -4, 2))', 'sqrt(abs(A))', 'log(1 + abs(A))', '1 / (0.5 + abs(A))', 'clip(A, -1, 0.5)'],
];
const pairs = ['min(A, B)', 'max(A, B)'];

/** A pure number as an equation. */
const { pure } = fc.letrec<{ pure: string; operation: string; call: string; pair: string }>((tie) => ({
  pure: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...leaves),
    tie('operation'),
    tie('call'),
    tie('pair'),
  ),
  operation: fc
    .tuple(tie('pure'), fc.constantFrom(...operators), tie('pure'))
    .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
  call: fc.tuple(fc.constantFrom(...calls), tie('pure')).map(([text, a]) => text.replace('A', () => a)),
  pair: fc
    .tuple(fc.constantFrom(...pairs), tie('pure'), tie('pure'))
    .map(([text, a, b]) => text.replace('A', () => a).replace('B', () => b)),
}));

/** Mostly within bounds: a rule that leaves them ends the run. */
const sometimes = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const assignments = fc
  .record({
    w: sometimes(pure.map((change) => `w + 0.05 * w_max * clip(${change}, -1, 1)`)),
    e: sometimes(pure.map((change) => `0.9 * e + 0.1 * w_max * clip(${change}, -1, 1)`)),
    c: sometimes(
      fc.oneof(
        { weight: 9, arbitrary: pure.map((change) => `clip(0.7 * c + ${change}, -1, 1)`) },
        { weight: 1, arbitrary: pure },
      ),
    ),
  })
  .map(
    (each) =>
      Object.fromEntries(Object.entries(each).filter(([, text]) => text !== undefined)) as Record<string, string>,
  );

const event = sometimes(assignments).map((of) => (of === undefined || Object.keys(of).length === 0 ? undefined : of));

export const randomRules: fc.Arbitrary<RuleDeclaration> = fc
  .record({ arrival: event, firing: event, step: event })
  .map((events) => ruleOfEquations(Object.fromEntries(Object.entries(events).filter(([, of]) => of !== undefined))));
