import { describe, expect, it } from 'vitest';
import { catalogue } from '../../common/learning-rule/catalogue/catalogue.ts';
import { pairStdp } from '../../common/learning-rule/catalogue/pair-stdp.ts';
import type { RuleDeclaration } from '../../common/learning-rule/declaration.ts';
import { parseRule } from '../../common/learning-rule/parsed-rule.ts';
import { BlockRunner } from './block-runner.ts';
import { compileProgram } from '../../common/learning-rule/program/compile-program.ts';

const setting = {
  parameters: { maximumWeight: 1 },
  stepMilliseconds: 1,
  weightUnit: 2 ** 16,
  restMillivolts: { sender: undefined, receiver: -70 },
};

/** A rule whose variable v becomes what an equation says in each step; x is a variable from −1 to 1. */
function ruleOf(equation: string): RuleDeclaration {
  const variable = { label: 'A variable', unit: '', initial: 0, min: -8, max: 8 };
  return {
    ...pairStdp,
    pre: { z_pre: { kind: 'value', label: 'Fires', unit: '', min: 0, max: 1 } },
    post: { u: { kind: 'value', label: 'Potential', unit: 'mV', min: -100, max: 0 } },
    parameters: {
      ...pairStdp.parameters,
      oneMillivolt: { symbol: 'mV', label: 'One', unit: 'mV', min: 1, max: 1, default: 1 },
    },
    synapse: { v: variable, x: { ...variable, min: -1, max: 1 } },
    on: { step: { v: equation } },
  };
}

/** What the whole-number program makes of an equation. @param potentialMillivolts above rest */
function computed(equation: string, x: number, fires = 0, potentialMillivolts = 0): number {
  const program = compileProgram(parseRule(ruleOf(equation)), setting);
  const block = program.blocks.step!;
  const runner = new BlockRunner(block, 1);
  for (const [index, input] of block.inputs.entries()) {
    const into = runner.inputs[index]!;
    if (input.kind === 'fired') into[0] = fires;
    else if (input.kind === 'potential') into[0] = Math.round(potentialMillivolts * 2 ** 16);
    else if (input.kind === 'variable') into[0] = Math.round(x * 2 ** program.variables[input.index]!.binaryPlaces);
  }
  runner.run(1);
  const out = new Int32Array(1);
  runner.store(0, out, () => 0, 1);
  return out[0]! / 2 ** program.variables[0]!.binaryPlaces;
}

describe('an equation in whole numbers', () => {
  it.each<[equation: string, of: (x: number) => number]>([
    ['x * x - 0.3 * x', (x) => x * x - 0.3 * x],
    ['1 / (2 + x)', (x) => 1 / (2 + x)],
    ['exp(x) + logistic(3 * x)', (x) => Math.exp(x) + 1 / (1 + Math.exp(-3 * x))],
    ['tanh(2 * x) - sqrt(1 + x^2)', (x) => Math.tanh(2 * x) - Math.sqrt(1 + x * x)],
    ['abs(x) + positive(x) - sign(x)', (x) => Math.abs(x) + Math.max(0, x) - Math.sign(x)],
    [
      'clip(3 * x, -1, 2) + (x > 0.25) + (x <= 0)',
      (x) => Math.min(2, Math.max(-1, 3 * x)) + Number(x > 0.25) + Number(x <= 0),
    ],
    ['(1.5 + x)^1.7', (x) => (1.5 + x) ** 1.7],
    ['min(x, 0.1) * max(x, -0.2) / 3', (x) => (Math.min(x, 0.1) * Math.max(x, -0.2)) / 3],
  ])('%s is right to five digits', (equation, of) => {
    for (const x of [-0.99, -0.5, -0.013, 0.001, 0.3, 0.77, 0.999])
      expect(Math.abs(computed(equation, x) - of(x))).toBeLessThan(1e-5);
  });

  it('keeps the digits of what is added to or compared with a spike', () => {
    for (const x of [-0.7, 0.3]) {
      expect(computed('z_pre - x', x, 1)).toBeCloseTo(1 - x, 6);
      expect(computed('x * (z_pre > 0.5) + x', x, 1)).toBeCloseTo(2 * x, 6);
      expect(computed('max(z_pre, x)', x, 0)).toBeCloseTo(Math.max(0, x), 6);
    }
  });

  it('reads the membrane potential in mV, within its bounds', () => {
    expect(computed('u / mV / 16', 0, 0, 20)).toBeCloseTo(-50 / 16, 4);
    expect(computed('u / mV / 16', 0, 0, 100)).toBeCloseTo(0, 4);
  });

  it('shifts no further than its bits reach, however large its values may be', () => {
    for (const equation of ['1e13 * x', '1e-3 * (1e13 * x < z_pre)', 'min(1e13 * x, z_pre)', 'max(z_pre, 1e-12 * x)']) {
      const { instructions, outputs } = compileProgram(parseRule(ruleOf(equation)), setting).blocks.step!;
      const shifts = instructions.flatMap((each) => ('bits' in each ? [each.bits] : []));
      for (const shift of [...shifts, ...outputs.map(({ shiftLeft }) => shiftLeft)])
        expect(shift).toBeLessThanOrEqual(31);
    }
    expect(computed('min(1e13 * x, z_pre)', 0, 1)).toBe(0);
  });

  it('computes nothing twice', () => {
    const equation = '(x + v)^2 * (x + v) + exp(x - v) * exp(x - v) + (x + v)';
    const { instructions, tables } = compileProgram(parseRule(ruleOf(equation)), setting).blocks.step!;
    expect(new Set(instructions.map((each) => JSON.stringify(each))).size).toBe(instructions.length);
    expect(tables).toHaveLength(1);
    expect(computed('x * x + x * x', 0.3)).toBeCloseTo(0.18, 6);
  });

  it('is refused where it divides by what can be 0, or has no finite value everywhere', () => {
    expect(() => computed('1 / x', 0.5)).toThrow(/A division by 'x', which can be 0: it is between -1 and 1/);
    expect(() => computed('log(x)', 0.5)).toThrow(/'log\(x\)' is NaN at -1, which can come/);
    expect(() => computed('2^x', 0.5)).toThrow(/The exponent in '2\^x' changes while the network runs/);
  });
});

describe('every rule of the catalogue for spiking neurons', () => {
  it.each(catalogue.filter(({ form }) => form === 'spiking'))('$name compiles', (declaration) => {
    const program = compileProgram(parseRule(declaration), setting);
    expect(Object.keys(program.blocks).length).toBeGreaterThan(0);
  });
});
