// In which range a value of a model's usual step lies: found from where its state usually is, or demanded; build time only.
import { assert } from '../../common/base/assert.ts';
import type { NeuronModel } from '../models/neuron-model.ts';
import type { IntNode } from './expression.ts';

/** The least and the greatest value. */
export type Range = readonly [number, number];

/** Usual kernels are for populations whose parameters, apart from those of shares, are at most this: 76 mV. */
export const mostUsualParameter = 5_000_000;
/**
 * And whose shares are below 2^(1 − leastUsualShift) and at least 2^−mostUsualShift: what a share of 14 + 10 bits leaves of 1 has 24 bits, which
 * is what single precision holds.
 */
export const leastUsualShift = 3;
export const mostUsualShift = 10;

/** Of a sum of shares that is not outside: see lanes-usual.hpp. */
const sumOfShares: Range = [-(2 ** 22), 2 ** 22];

const all: Range = [-(2 ** 31), 2 ** 31 - 1];

export const intersection = ([a, b]: Range, [c, d]: Range): Range => [Math.max(a, c), Math.min(b, d)];

export class UsualRanges {
  /** What cannot be found from the rest. */
  readonly tests = new Map<IntNode, Range>();
  readonly #model: NeuronModel;
  readonly #known = new Map<IntNode, Range>();

  constructor(model: NeuronModel) {
    this.#model = model;
  }

  /** Where a sum usually is that a variable of the state is a part of, unless that is known of the variable. */
  usual(node: IntNode): Range {
    if (this.#known.has(node)) return all;
    if (node.kind === 'variable') return this.#model.usually?.[node.name] ?? all;
    if (node.kind !== 'int' || node.operator !== '+') return all;
    const [left, right] = [this.usual(node.left), this.usual(node.right)];
    return left === all ? right : left;
  }

  /** From here on it lies in the range, its bounds moved together until their distance is a power of 2. */
  demand(node: IntNode, [least, most]: Range): void {
    if (this.usual(node) === all) {
      const found = this.of(node);
      if (found[0] >= least && found[1] <= most) return;
    }
    const length = 2 ** Math.floor(Math.log2(most - least + 1));
    const range: Range = [least, least + length - 1];
    this.tests.set(node, range);
    this.#known.set(node, range);
  }

  of(node: IntNode): Range {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const found = this.#find(node);
    this.#known.set(node, found);
    return this.#known.get(node)!;
  }

  #find(node: IntNode): Range {
    switch (node.kind) {
      case 'constant':
        return [node.value, node.value];
      case 'variable':
        return this.#variable(node);
      case 'int': {
        const [left, right] = [this.of(node.left), this.of(node.right)];
        if (node.operator === '+' && isRelaxed(node.right)) return this.#relaxed(node.left, node.right.parameters);
        if (node.operator === '+') return within([left[0] + right[0], left[1] + right[1]]);
        if (node.operator === '-') return within([left[0] - right[1], left[1] - right[0]]);
        return all;
      }
      case 'call':
        return this.#call(node.callee.name, node.parameters);
      case 'select':
      case 'lookup':
        return all;
    }
  }

  #variable(node: IntNode & { kind: 'variable' }): Range {
    const { name } = node;
    if (this.#model.parameters.includes(name)) return [-mostUsualParameter, mostUsualParameter];
    const usual = this.#model.usually?.[name];
    if (usual === undefined) return all;
    this.tests.set(node, usual);
    return usual;
  }

  /** A value goes at most half of the way to somewhere between all that pulls it; a unit is rounded for each of them and for their sum. */
  #relaxed(value: IntNode, [, ...products]: readonly IntNode[]): Range {
    const [least, most] = this.of(value);
    const ends = products.map((product) => {
      assert(product.kind === 'call' && product.parameters[2] === value, 'a value relaxes from where it is');
      return this.of(product.parameters[1]!);
    });
    const [nearest, farthest] = [Math.min(...ends.map(([end]) => end)), Math.max(...ends.map(([, end]) => end))];
    const units = products.length + 1;
    return [Math.min(least, (least + nearest) / 2) - units, Math.max(most, (most + farthest) / 2) + units];
  }

  #call(name: string, parameters: readonly IntNode[]): Range {
    const most = (node: IntNode) => Math.max(...this.of(node).map(Math.abs));
    const [first, second, third] = parameters as [IntNode, IntNode, IntNode];
    switch (name) {
      case 'share':
      case 'shareOfLarge':
        return around(most(first) / (third.kind === 'constant' ? 1 : 2 ** (leastUsualShift - 1)));
      case 'product27':
      case 'product27OfLarge':
        return around((most(first) * (most(second) + most(third))) / 2 ** 27);
      case 'decoded':
        return sumOfShares;
      default:
        return all;
    }
  }
}

const isRelaxed = (node: IntNode): node is IntNode & { kind: 'call' } =>
  node.kind === 'call' && node.callee.name === 'relaxed';

const within = (range: Range): Range => (range[0] < all[0] || range[1] > all[1] ? all : range);
const around = (most: number): Range => [-Math.ceil(most), Math.ceil(most)];
