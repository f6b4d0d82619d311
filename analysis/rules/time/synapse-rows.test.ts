import { describe, expect, it } from 'vitest';
import { applyRule } from '../../../common/learning-rule/apply-rule.ts';
import { timeRules } from '../../../common/learning-rule/catalogue/time-rules.ts';
import { localityOf } from '../../../common/learning-rule/locality.ts';
import { parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Random } from '../base/random.ts';
import { SynapseRows } from './synapse-rows.ts';

const [receivers, senders] = [3, 4];

/** Rows of synapses of a rule whose neurons, signals and senders do random things. */
function randomRows(declaration: (typeof timeRules)[number], random: Random) {
  const draw = (symbols: Readonly<Record<string, unknown>>, length: number) =>
    Object.fromEntries(Object.keys(symbols).map((symbol) => [symbol, new Float64Array(length)]));
  const ofSenders = draw(declaration.pre, senders);
  const isOfSynapses = declaration.name === 'rtrl';
  const ofSynapses = isOfSynapses ? draw(declaration.thirdFactors, receivers * senders) : {};
  const ofReceivers = {
    ...draw(declaration.post, receivers),
    ...(isOfSynapses ? {} : draw(declaration.thirdFactors, receivers)),
  };
  const rows = new SynapseRows(
    parseRule(declaration),
    {},
    { ofSenders, ofReceivers, ofSynapses },
    receivers,
    senders,
    0.5,
  );
  const refresh = () => {
    for (const values of [ofSenders, ofReceivers, ofSynapses].flatMap((each) => Object.values(each)))
      values.forEach((_, index) => (values[index] = random.normal()));
    // Traces are not negative, and potentials are around the threshold.
    for (const [symbol, read] of Object.entries(declaration.pre)) {
      if (read.kind === 'trace') ofSenders[symbol]!.forEach((value, index, all) => (all[index] = 20 * Math.abs(value)));
    }
    for (const [symbol, read] of Object.entries(declaration.post)) {
      const values = ofReceivers[symbol]!;
      if (read.kind === 'trace') values.forEach((value, index) => (values[index] = Math.abs(value)));
      else if (read.unit === 'mV') values.forEach((value, index) => (values[index] = 5 * value - 50));
    }
  };
  return { rows, ofSenders, ofReceivers, ofSynapses, refresh };
}

describe('rows of synapses', () => {
  it.each(timeRules)('change by $name as applying the rule to each receiver does, bit for bit', (declaration) => {
    const { rows, ofSenders, ofReceivers, ofSynapses, refresh } = randomRows(declaration, new Random(1));
    const rule = parseRule(declaration);
    for (let step = 0; step < 5; step++) {
      refresh();
      const before = Object.entries({ w: rows.weights, ...rows.variables, ...ofSynapses }).map(
        ([symbol, values]) => [symbol, values.slice()] as const,
      );
      rows.step();
      for (let receiver = 0; receiver < receivers; receiver++) {
        const row = (values: Float64Array) => values.slice(receiver * senders, (receiver + 1) * senders);
        const values = {
          dt: 0.5,
          ...ofSenders,
          ...Object.fromEntries(Object.entries(ofReceivers).map(([symbol, all]) => [symbol, all[receiver]!])),
          ...Object.fromEntries(before.map(([symbol, all]) => [symbol, row(all)])),
        };
        const after = applyRule(rule, 'step', {}, values, senders)!;
        for (const [symbol, all] of Object.entries({ w: rows.weights, ...rows.variables }))
          expect(row(all), symbol).toEqual(after[symbol]);
      }
    }
    expect(rows.weights.some((weight) => weight !== 0)).toBe(true);
  });

  it.each(timeRules.filter(({ form }) => form === 'spiking'))(
    'of $name stay within the bounds that it declares',
    (declaration) => {
      const { rows, refresh } = randomRows(declaration, new Random(2));
      for (let step = 0; step < 3000; step++) {
        refresh();
        rows.step();
        for (const [symbol, { min = -Infinity, max = Infinity }] of Object.entries(declaration.synapse)) {
          const values = rows.variables[symbol]!;
          if (Math.min(...values) < min || Math.max(...values) > max)
            expect.fail(`${symbol} is out of bounds in step ${step}`);
        }
      }
      expect(Object.values(rows.variables).every((values) => values.some((value) => value !== 0))).toBe(true);
    },
  );

  it('are refused a rule that reads what is not given', () => {
    const rflo = parseRule(timeRules.find(({ name }) => name === 'rflo')!);
    expect(() => new SynapseRows(rflo, {}, { ofSenders: {}, ofReceivers: {} }, 1, 1, 1)).toThrow(
      /reads '\w+', which is not given/,
    );
  });

  it('follow rules of the classes that they declare', () => {
    expect(Object.fromEntries(timeRules.map((rule) => [rule.name, localityOf(rule)]))).toEqual({
      'bptt-surrogate': 'L6',
      rtrl: 'L6',
      'e-prop-lif': 'L3',
      'e-prop-alif': 'L3',
      superspike: 'L3',
      rflo: 'L3',
      'node-perturbation-in-time': 'L2',
      'exploratory-hebb-rate': 'L2',
      'exploratory-hebb-delayed': 'L2',
      'reinforce-recurrent': 'L2',
    });
  });
});
