import { describe, expect, it } from 'vitest';
import { catalogue } from '../catalogue/catalogue.ts';
import { pairStdp } from '../catalogue/pair-stdp.ts';
import type { RuleDeclaration } from '../declaration.ts';
import { parseRule, RuleError } from '../parsed-rule.ts';
import { checkFinite } from './check-finite.ts';

type Range = readonly [low: number, high: number, standard: number];

const time = (symbol: string, [min, max, standard]: Range) => ({
  symbol,
  label: symbol,
  unit: 'ms',
  min,
  max,
  default: standard,
});

/** A rule whose variable v becomes what an equation of the times a and b, of a rate f in Hz and of a variable x says in each step. */
function ruleOf(equation: string, a: Range = [1, 500, 5], b: Range = [1, 500, 20]): RuleDeclaration {
  const variable = { label: 'A variable', unit: '', initial: 0, min: -8, max: 8 };
  return {
    ...pairStdp,
    pre: {},
    post: {},
    parameters: {
      ...pairStdp.parameters,
      aMilliseconds: time('a', a),
      bMilliseconds: time('b', b),
      fHertz: { symbol: 'f', label: 'f', unit: 'Hz', min: 1, max: 100, default: 10 },
    },
    synapse: { v: variable, x: { ...variable, min: -1, max: 1 } },
    on: { step: { v: equation } },
  };
}

function refusalOf(declaration: RuleDeclaration): RuleError | undefined {
  try {
    checkFinite(parseRule(declaration));
    return undefined;
  } catch (error) {
    if (error instanceof RuleError) return error;
    throw error;
  }
}

describe('a rule', () => {
  it('whose denominator is 0 at the defaults of its parameters is refused with the place, the part, the values and the cure', () => {
    const refusal = refusalOf(ruleOf('v + x * dt / (a - b)', [1, 500, 20], [1, 500, 20]));
    expect(refusal?.path).toEqual(['on', 'step', 'v']);
    expect(refusal?.message).toBe("A division by 'a - b', which is 0, with a = 20 ms and b = 20 ms");
    expect(refusal?.cure).toBe(
      'Choose ranges of a and b in which it is finite everywhere, or bound it with max or min',
    );
  });

  it.each<[equation: string, a: Range, b: Range, message: string]>([
    ['v * dt / (a - b)', [1, 10, 5], [10, 500, 20], "A division by 'a - b', which is 0, with a = 10 ms and b = 10 ms"],
    ['v * dt / (a - b)', [1, 500, 5], [1, 500, 20], "A division by 'a - b', which is 0, with a = 1 ms and b = 1 ms"],
    ['v * dt / a', [-10, 500, 5], [1, 2, 1], "A division by 'a', which is 0, with a = 0 ms"],
    ['v * dt / a', [0, 500, 5], [1, 2, 1], "A division by 'a', which is 0, with a = 0 ms"],
    [
      'v * exp(0 - dt / (a - b))',
      [7, 500, 8],
      [7, 7, 7],
      "A division by 'a - b', which is 0, with a = 7 ms and b = 7 ms",
    ],
    [
      'v + log(a / b - 1)',
      [30, 40, 30],
      [1, 40, 20],
      "'log(a / b - 1)' has no finite value where 'a / b - 1' is 0 or below: it is -",
    ],
    [
      'v + sqrt(a / b - 1)',
      [30, 40, 30],
      [1, 40, 20],
      "'sqrt(a / b - 1)' has no finite value where 'a / b - 1' is below 0: it is -",
    ],
    [
      'v + (a / b - 1)^0.5',
      [30, 40, 30],
      [1, 40, 20],
      "'(a / b - 1)^0.5' has no finite value everywhere: its base is -",
    ],
    [
      'v + (a / b - 1)^(-2)',
      [30, 40, 40],
      [20, 40, 20],
      "'(a / b - 1)^(-2)' has no finite value everywhere: its base is 0, its exponent -2, with a = 30 ms and b = 30 ms",
    ],
    ['v + exp(a / b)', [1, 1000, 1], [1, 2, 1], "'exp(a / b)' is not a finite number: it is Infinity, with a = "],
    ['v + x / (x - 2 / f / a)', [1, 500, 1], [1, 2, 1], "A division by 'x - 2 / f / a', which can be 0: it is between"],
    ['v + 1 / x', [1, 2, 1], [1, 2, 1], "A division by 'x', which can be 0: it is between -1 and 1"],
  ])('%s is refused where a range holds a place without a finite value', (equation, a, b, message) => {
    expect(refusalOf(ruleOf(equation, a, b))?.message.slice(0, message.length)).toBe(message);
  });

  it.each<[equation: string, a: Range, b: Range]>([
    ['v + x * dt / (a - b)', [1, 10, 5], [11, 500, 20]],
    ['v + x * dt / max(a - b, dt)', [1, 500, 5], [1, 500, 5]],
    ['v + x / (1 + (a / b - 2)^2)', [1, 500, 5], [1, 500, 5]],
    // Read twice, a part may seem wider than it is: halving its range shows that it is not.
    ['v + x * b / (a - a^2 / b + b)', [1, 10, 5], [10, 500, 20]],
    ['v + log(2 + x) + sqrt(1 + x) + (2 + x)^(-3)', [1, 2, 1], [1, 2, 1]],
    ['v + x * (a > b) / (1 - (a < b) / 2)', [1, 10, 5], [11, 500, 20]],
    ['v + exp(0 - a / b) * tanh(x) * logistic(1 / x^0)', [1, 500, 5], [1, 500, 5]],
  ])('%s is finite everywhere and is taken', (equation, a, b) => {
    expect(refusalOf(ruleOf(equation, a, b))).toBeUndefined();
  });

  it('whose weight may be anything between bounds of parameters is refused where it divides by a difference to them', () => {
    const rule = { ...ruleOf('v'), on: { step: { w: 'w + w_max * w_max / (w_max - w)' } } };
    expect(refusalOf(rule)?.message).toMatch(/^A division by 'w_max - w', which (is|can be) 0/);
    expect(
      refusalOf({ ...rule, on: { step: { w: 'w + w_max * w_max / (2 * w_max + w + v * 0 * w)' } } })?.path,
    ).toEqual(['on', 'step', 'w']);
  });

  it('whose bound has no finite value somewhere is refused at the bound', () => {
    const rule = { ...ruleOf('v'), bounds: { min: '0', max: 'w_max * a / (a - b)' } };
    expect(refusalOf(rule)?.path).toEqual(['bounds', 'max']);
  });

  it('whose trace has a time constant that can be 0 is refused at the trace', () => {
    const rule = {
      ...ruleOf('v', [0, 500, 5]),
      pre: { y: { kind: 'trace', label: 'Trace', timeConstant: 'a' } },
    } as const;
    expect(refusalOf(rule)).toMatchObject({
      path: ['pre', 'y', 'timeConstant'],
      message: 'The time constant a of y can be 0 ms, and must be above 0',
    });
  });
});

describe('every rule of the catalogue for spiking neurons', () => {
  it.each(catalogue.filter(({ form }) => form === 'spiking'))(
    '$name is finite wherever its parameters may be',
    (rule) => {
      expect(refusalOf(rule)?.message).toBeUndefined();
    },
  );
});
