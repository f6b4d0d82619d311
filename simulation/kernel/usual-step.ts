// The step of a neuron to which nothing unusual happens, for kernels that compute many such neurons at once; build time only.
import { assert } from '../../common/base/assert.ts';
import type { NeuronModel } from '../models/neuron-model.ts';
import type { BoolNode, IntFunction, IntNode } from './expression.ts';
import { intersection, mostUsualParameter, type Range, UsualRanges } from './usual-ranges.ts';

/** What must hold of a neuron so that its usual step is its step. */
export interface UsualStep {
  /** If it does not fire. */
  readonly next: Readonly<Record<string, IntNode>>;
  /** If it fires, where that is something else. */
  readonly fired: Readonly<Record<string, IntNode>>;
  readonly fires: BoolNode;
  /** Values that must lie in a range; its length is a power of 2. */
  readonly tests: ReadonlyMap<IntNode, Range>;
  /** It cannot fire while this value is below the threshold. */
  readonly reaching: { readonly threshold: IntNode; readonly value: IntNode };
  /** The kernel tests whether it is right. */
  readonly sum: SumOfShares | undefined;
  /** Undefined: no potential relaxes to where conductances pull it. */
  readonly change: SumOfProducts | undefined;
}

/** value − share(value − towards, loss) + the gains' shares of other values: see lanes-usual.hpp. */
export interface SumOfShares {
  readonly encoded: IntNode;
  readonly decoded: IntNode;
  /** What gains are shares of, each tested to be smaller than the limit. */
  readonly gainsOf: readonly IntNode[];
  readonly limit: number;
  /** value, towards and the loss, and for each gain its value and its share. */
  readonly parameters: readonly IntNode[];
}

/** a × (b − c) + ... for the same c: see lanes-usual.hpp. The kernel asks whether it is right for these parameters. */
export interface SumOfProducts {
  /** Those a that are parameters, and all b. */
  readonly fixed: readonly IntNode[];
  readonly towards: readonly IntNode[];
  /** Where c lies. */
  readonly range: Range;
}

/** What processors with single-precision numbers multiply exactly: whole numbers up to 2²⁴. */
const exact: Range = [-(2 ** 24), 2 ** 24];
/** The same in two pieces, of which the second has 3 bits. */
const large: Range = [-(2 ** 26), 2 ** 26];
/** What sums of shares leak towards. */
const parameter: Range = [-mostUsualParameter, mostUsualParameter];
/** Times 7, and 2²⁶ more, it is between −2²⁷ and 2²⁷. */
const besideLarge: Range = [-Math.floor((3 * 2 ** 26) / 7), Math.floor(2 ** 26 / 7)];
/** Where usual kernels look up relaxations, and so what all that is multiplied in a sum of products adds up to. */
const relaxing: Range = [0, 2 ** 26 - 1];

/**
 * @returns a neuron's step if no bound acts and values are where they usually are; undefined for a model that does not
 * say where. `share` and `product27` are called by other names for larger values, products are of a difference, a × (b − c), what a share
 * leaves of its value is called `left`, and the share of a sum of products that relaxes is called `relaxed`: of z and the products.
 */
export function usualStepOf(model: NeuronModel): UsualStep | undefined {
  return model.usually === undefined ? undefined : new UsualWriting(model).step();
}

/** The same call by another name. */
const calledBy = (name: string, call: IntNode & { kind: 'call' }): IntNode => ({
  ...call,
  callee: { ...call.callee, name },
});

const isShare = (node: IntNode): node is IntNode & { kind: 'call' } =>
  node.kind === 'call' && node.callee.name === 'share' && node.parameters[2]!.kind === 'variable';

const termsOf = (node: IntNode): readonly IntNode[] =>
  node.kind === 'int' && node.operator === '+' ? [...termsOf(node.left), node.right] : [node];

const isProduct = (node: IntNode): node is IntNode & { kind: 'call' } =>
  node.kind === 'call' && node.callee.name.startsWith('product27');

/** Whether a sum is made of these, each once. */
const isSumOf = (node: IntNode, parts: readonly IntNode[]): boolean =>
  parts.length === 1
    ? node === parts[0]
    : node.kind === 'int' &&
      node.operator === '+' &&
      node.right === parts.at(-1) &&
      isSumOf(node.left, parts.slice(0, -1));

const isWithin = ([least, most]: Range, [from, to]: Range) => least >= from && most <= to;

class UsualWriting {
  readonly #model: NeuronModel;
  readonly #ranges: UsualRanges;
  readonly #numbers = new Map<IntNode, IntNode>();
  readonly #conditions = new Map<BoolNode, BoolNode | boolean>();
  #sum: SumOfShares | undefined;
  #change: SumOfProducts | undefined;

  constructor(model: NeuronModel) {
    this.#model = model;
    this.#ranges = new UsualRanges(model);
  }

  step(): UsualStep {
    const { state, step } = this.#model;
    this.#conditions.set(step.fires.node, false);
    const next = Object.fromEntries(state.map((name) => [name, this.#of(step.next[name]!.node)]));
    const { node } = step.fires;
    assert(node.kind === 'bool' && node.right.kind === 'compare', 'a neuron fires when a value reaches its threshold');
    const reaching = { threshold: this.#of(node.right.left), value: this.#of(node.right.right) };
    const fires = this.#writeCondition(node);
    assert(typeof fires !== 'boolean', 'a neuron fires at times');
    const fired = Object.fromEntries(
      state.flatMap((name) => {
        const after = step.next[name]!.node;
        return after.kind === 'select' && after.condition === node ? [[name, this.#of(after.yes)]] : [];
      }),
    );
    const isSaturated = step.isSaturated !== undefined && this.#condition(step.isSaturated.node);
    assert(isSaturated === false, 'where no bound acts nothing is saturated');
    const { tests } = this.#ranges;
    return { next, fired, fires, tests, reaching, sum: this.#sum, change: this.#change };
  }

  #of(node: IntNode): IntNode {
    const known = this.#numbers.get(node);
    if (known !== undefined) return known;
    const written = this.#write(node);
    this.#numbers.set(node, written);
    return written;
  }

  #write(node: IntNode): IntNode {
    switch (node.kind) {
      case 'constant':
      case 'variable':
        return node;
      case 'int': {
        const sum = this.#sumOfShares(node);
        if (sum !== undefined) return sum;
        const [left, right] = [this.#of(node.left), this.#of(node.right)];
        const isLeft = node.operator === '-' && right.kind === 'call' && right.callee.name === 'share';
        return isLeft && right.parameters[0] === left ? calledBy('left', right) : { ...node, left, right };
      }
      case 'lookup':
        return { ...node, index: this.#of(node.index) };
      case 'select': {
        const condition = this.#condition(node.condition);
        if (typeof condition === 'boolean') return this.#of(condition ? node.yes : node.no);
        return { ...node, condition, yes: this.#of(node.yes), no: this.#of(node.no) };
      }
      case 'call':
        return this.#call(
          node.callee,
          node.parameters.map((each) => this.#of(each)),
        );
    }
  }

  /** Undefined for other sums. */
  #sumOfShares(node: IntNode): IntNode | undefined {
    const [first, ...gains] = termsOf(node);
    if (gains.length === 0 || !gains.every(isShare) || first?.kind !== 'int' || first.operator !== '-')
      return undefined;
    const { left: value, right: loss } = first;
    const [lost, ...by] = isShare(loss) ? loss.parameters : [];
    if (!isShare(loss) || lost?.kind !== 'int' || lost.operator !== '-' || lost.left !== value) return undefined;
    assert(isWithin(this.#ranges.of(lost.right), parameter), 'what a value leaks towards is a parameter');
    const gainsOf = gains.map(({ parameters }) => this.#of(parameters[0]!));
    const limit = Math.max(...gainsOf.map((each) => -this.#ranges.of(each)[0]));
    assert(limit <= exact[1], 'a value is too large for its product');
    const shares = gains.flatMap(({ parameters }, index) => [gainsOf[index]!, ...parameters.slice(1)]);
    const parameters = [value, lost.right, ...by, ...shares];
    const encoded = calledBy('sumOfShares', { ...loss, parameters });
    const decoded = calledBy('decoded', { ...loss, parameters: [encoded] });
    this.#sum = { encoded, decoded, limit, gainsOf, parameters };
    return decoded;
  }

  #call(callee: IntFunction, parameters: readonly IntNode[]): IntNode {
    const [first, second] = parameters as [IntNode, IntNode];
    const called = (name: string, operands = parameters): IntNode =>
      calledBy(name, { kind: 'call', callee, parameters: operands });
    switch (callee.name) {
      case 'clamped':
      case 'fromZeroTo': {
        assert(second.kind === 'constant', 'bounds are constants');
        const least = callee.name === 'clamped' ? -second.value : 0;
        this.#ranges.demand(first, intersection([least, second.value], this.#ranges.usual(first)));
        return first;
      }
      case 'share':
        if (second.kind === 'call' && second.callee.name === 'relaxationOf')
          return called('relaxed', this.#relaxed(first, second.parameters[1]!));
        return called(this.#fits(first, exact) ? 'share' : 'shareOfLarge');
      case 'product27': {
        assert(second.kind === 'int' && second.operator === '-', 'products are of differences');
        const isSmall = this.#fits(first, exact);
        assert(isWithin(this.#ranges.of(second), isSmall ? exact : besideLarge), 'a difference is too large');
        return called(isSmall ? 'product27' : 'product27OfLarge', [first, second.left, second.right]);
      }
      default:
        return called(callee.name);
    }
  }

  /** @returns z and the products of the sum */
  #relaxed(sum: IntNode, z: IntNode): readonly IntNode[] {
    const products = termsOf(sum);
    assert(products.every(isProduct), 'what relaxes is a sum of products');
    const parts = products.map(({ parameters }) => parameters as [IntNode, IntNode, IntNode]);
    const values = parts.map(([value]) => value);
    assert(isSumOf(z, values), 'a potential relaxes as fast as all that pulls it');
    const [, , from] = parts[0]!;
    assert(
      parts.every((each) => each[2] === from),
      'a potential is pulled from where it is',
    );
    this.#ranges.demand(z, relaxing);
    this.#change = {
      fixed: values.filter((each) => each.kind === 'variable' && this.#model.parameters.includes(each.name)),
      towards: parts.map(([, towards]) => towards),
      range: this.#ranges.of(from),
    };
    return [z, ...products];
  }

  /** Otherwise it must be at most `large`. */
  #fits(node: IntNode, range: Range): boolean {
    if (isWithin(this.#ranges.of(node), range)) return true;
    assert(isWithin(this.#ranges.of(node), large), 'a value is too large for its product');
    return false;
  }

  /** True or false where it is always so. */
  #condition(node: BoolNode): BoolNode | boolean {
    const known = this.#conditions.get(node);
    if (known !== undefined) return known;
    const written = this.#writeCondition(node);
    this.#conditions.set(node, written);
    return written;
  }

  #writeCondition(node: BoolNode): BoolNode | boolean {
    switch (node.kind) {
      case 'not': {
        const of = this.#condition(node.of);
        return typeof of === 'boolean' ? !of : { kind: 'not', of };
      }
      case 'bool': {
        const [left, right] = [this.#condition(node.left), this.#condition(node.right)];
        const decisive = node.operator === '||';
        if (left === decisive || right === decisive) return decisive;
        if (typeof left === 'boolean') return right;
        return typeof right === 'boolean' ? left : { ...node, left, right };
      }
      case 'compare': {
        const [left, right] = [this.#of(node.left), this.#of(node.right)];
        if (node.operator === '!=' && left === right) return false;
        if (node.operator !== '!=' && this.#ranges.of(left)[0] > this.#ranges.of(right)[1]) return false;
        return { ...node, left, right };
      }
    }
  }
}
