// Orders the factors of products so that as little as can be is computed for each synapse; runs in every process.
import { type Equation, symbolsOf } from '../equation.ts';

/** Among which synapses a value is the same: all of an event, those of a receiver, those of a sender, none. */
export const sharings = ['event', 'receiver', 'sender', 'none'] as const;
export type Sharing = (typeof sharings)[number];
export type SharingOf = (symbol: string) => Sharing;

type Product = Extract<Equation, { kind: 'binary' }>;
type Call = Extract<Equation, { kind: 'call' }>;

/**
 * a·x·b·y with a and b of a receiver and x and y of a synapse is ((a·b)·x)·y: what is the same for many synapses is multiplied once for
 * them, numbers among it. A number that only synapses could take goes into a limit of such a product: 3·clip(a·x, 0, 1) is clip(3·a·x, 0, 3).
 * @param equation folded: a product has one number at most
 */
export function orderFactors(equation: Equation, sharingOf: SharingOf): Equation {
  const within = (part: Equation): Equation => orderFactors(part, sharingOf);
  switch (equation.kind) {
    case 'number':
    case 'symbol':
      return equation;
    case 'negative':
      return { kind: 'negative', of: within(equation.of) };
    case 'call':
      return { ...equation, parameters: equation.parameters.map(within) };
    case 'binary':
      if (equation.operator === '*') return ordered(factorsOf(equation), sharingOf);
      return { ...equation, left: within(equation.left), right: within(equation.right) };
  }
}

function ordered(all: readonly Equation[], sharingOf: SharingOf): Equation {
  const factors = withNumberInLimit(all, sharingOf);
  const [event, receiver, sender, own] = sharings.map((sharing) =>
    factors
      .filter((factor) => sharingOfAll(factor, sharingOf) === sharing)
      .map((factor) => orderFactors(factor, sharingOf)),
  ) as [Equation[], Equation[], Equation[], Equation[]];
  const shared = receiver.length > 0 ? [[...event, ...receiver], sender] : [[...event, ...sender]];
  return productOf([...shared.filter((group) => group.length > 0).map(productOf), ...own]);
}

/** What two neurons share no synapse of theirs shares with another. */
function sharingOfAll(equation: Equation, sharingOf: SharingOf): Sharing {
  const found = new Set([...symbolsOf(equation)].map(sharingOf));
  found.delete('event');
  const [sharing, ...more] = found;
  return more.length > 0 ? 'none' : (sharing ?? 'event');
}

function withNumberInLimit(factors: readonly Equation[], sharingOf: SharingOf): readonly Equation[] {
  const number = factors.find((factor) => factor.kind === 'number');
  const others = factors.filter((factor) => factor !== number);
  if (number === undefined || number.value <= 0) return factors;
  if (others.some((factor) => sharingOfAll(factor, sharingOf) !== 'none')) return factors;
  const limit = others.find((factor): factor is Call => factor.kind === 'call' && isLimitOfProduct(factor, sharingOf));
  if (limit === undefined) return factors;
  const times = (part: Equation): Equation => {
    if (part.kind === 'number') return { kind: 'number', value: number.value * part.value };
    const [own, rest] = [factorsOf(part).find(isNumber), factorsOf(part).filter((factor) => !isNumber(factor))];
    return productOf([{ kind: 'number', value: number.value * (own?.value ?? 1) }, ...rest]);
  };
  return others.map((factor) => (factor === limit ? { ...limit, parameters: limit.parameters.map(times) } : factor));
}

/** Of a product that takes a number at no cost, by numbers. */
function isLimitOfProduct({ name, parameters: [of, ...bounds] }: Call, sharingOf: SharingOf): boolean {
  if (!['positive', 'min', 'max', 'clip'].includes(name) || !bounds.every(isNumber)) return false;
  return factorsOf(of!).some((factor) => sharingOfAll(factor, sharingOf) !== 'none');
}

const isNumber = (equation: Equation): equation is Extract<Equation, { kind: 'number' }> => equation.kind === 'number';

const productOf = (factors: readonly Equation[]): Equation =>
  factors.reduce((all, each): Product => ({ kind: 'binary', operator: '*', left: all, right: each }));

/** From left to right; what is no product is its own factor. */
export const factorsOf = (equation: Equation): readonly Equation[] =>
  equation.kind === 'binary' && equation.operator === '*'
    ? [...factorsOf(equation.left), ...factorsOf(equation.right)]
    : [equation];
