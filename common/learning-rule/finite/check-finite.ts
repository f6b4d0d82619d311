// Refuses a rule whose equations have no finite value somewhere in the ranges that it declares; runs in every process.
import { scaleOf } from '../dimension.ts';
import { type Equation, symbolsOf } from '../equation.ts';
import { type ParsedRule, ruleEvents, RuleError } from '../parsed-rule.ts';
import { NotFiniteError, type Range, rangeOfEquation } from './range-of-equation.ts';
import { stepMillisecondsRange, traceHigh } from './ranges.ts';

/** Ranges of parameters, by symbol, and of the step `dt`. */
type Box = ReadonlyMap<string, Range>;

/** A range is halved so many times before the point is taken as found. */
const halvings = 16;
/** So many parts of the ranges are looked at for one equation; what is not known to be finite then is refused. */
const partsMost = 4096;

/**
 * Parameters are tried at their defaults first, then everywhere in their ranges, by halving these where an equation may not be finite.
 * @throws RuleError with the place, the part of the equation, and the values of the parameters there.
 */
export function checkFinite(rule: ParsedRule): void {
  const { declaration } = rule;
  const whole = boxOf(rule, ({ min, max }) => ({ low: min, high: max }));
  const standard = boxOf(rule, ({ default: value }) => ({ low: value, high: value }));
  checkTimeConstants(rule, whole);
  for (const { path, equation } of equationsOf(rule)) {
    const found = notFinite(rule, equation, standard) ?? search(rule, equation, whole);
    if (found === undefined) continue;
    const symbols = parametersRead(rule, found.error.part);
    const values = symbols.map((symbol) => valueWords(declaration, symbol, found.box.get(symbol)!));
    throw new RuleError(
      path,
      `${found.error.message}${values.length === 0 ? '' : `, with ${values.join(' and ')}`}`,
      symbols.length === 0
        ? 'Narrow the range of what it reads, or bound it with max or min'
        : `Choose ranges of ${symbols.join(' and ')} in which it is finite everywhere, or bound it with max or min`,
    );
  }
}

/** A memory with a time constant of 0 or less decays in no time, or grows. */
function checkTimeConstants({ declaration }: ParsedRule, whole: Box): void {
  for (const side of ['pre', 'post'] as const) {
    for (const [symbol, read] of Object.entries(declaration[side])) {
      if (read.kind !== 'trace' && read.kind !== 'average') continue;
      const { low } = whole.get(read.timeConstant)!;
      if (low > 0) continue;
      throw new RuleError(
        [side, symbol, 'timeConstant'],
        `The time constant ${read.timeConstant} of ${symbol} can be ${low} ms, and must be above 0`,
        `Choose a range of ${read.timeConstant} above 0`,
      );
    }
  }
}

interface Found {
  readonly error: NotFiniteError;
  readonly box: Box;
}

function equationsOf({ events, minimum, maximum }: ParsedRule) {
  const bounds = [
    { path: ['bounds', 'min'], equation: minimum },
    { path: ['bounds', 'max'], equation: maximum },
  ];
  const changes = ruleEvents.flatMap((event) =>
    (events[event] ?? []).map(({ symbol, equation }) => ({ path: ['on', event, symbol], equation })),
  );
  return [...bounds, ...changes].flatMap(({ path, equation }) => (equation === undefined ? [] : [{ path, equation }]));
}

function boxOf(
  { declaration }: ParsedRule,
  range: (parameter: ParsedRule['declaration']['parameters'][string]) => Range,
): Box {
  const parameters = Object.values(declaration.parameters).map((parameter) => {
    const scale = scaleOf(parameter.unit);
    const { low, high } = range(parameter);
    return [parameter.symbol, { low: low * scale, high: high * scale }] as const;
  });
  return new Map([...parameters, ['dt', stepMillisecondsRange]]);
}

function notFinite(rule: ParsedRule, equation: Equation, box: Box): Found | undefined {
  try {
    rangeOfEquation(equation, (symbol) => box.get(symbol) ?? runningRange(rule, symbol, box));
    return undefined;
  } catch (error) {
    if (error instanceof NotFiniteError) return { error, box };
    throw error;
  }
}

/** Of what a synapse reads, all that it can be while the network runs. */
function runningRange(rule: ParsedRule, symbol: string, box: Box): Range {
  const { pre, post, thirdFactors, synapse } = rule.declaration;
  if (symbol === 'w') {
    const of = (bound: Equation | undefined) => bound && rangeOfEquation(bound, (each) => box.get(each)!);
    return { low: of(rule.minimum)?.low ?? -Infinity, high: of(rule.maximum)?.high ?? Infinity };
  }
  const side = Object.hasOwn(pre, symbol) ? pre : post;
  const read = side[symbol];
  if (read?.kind === 'trace') return { low: 0, high: traceHigh };
  const bounded = (read?.kind === 'average' ? side[read.of] : read) ?? thirdFactors[symbol] ?? synapse[symbol]!;
  const { unit, min = -Infinity, max = Infinity } = bounded as { unit: string; min?: number; max?: number };
  const scale = scaleOf(unit);
  return { low: min * scale, high: max * scale };
}

/** Depth first, the lower half before the upper. */
function search(rule: ParsedRule, equation: Equation, whole: Box): Found | undefined {
  const boxes = [whole];
  for (let looked = 0; boxes.length > 0; looked++) {
    const box = boxes.pop()!;
    const found = notFinite(rule, equation, box);
    if (found === undefined) continue;
    const widest = widestOf(parametersRead(rule, found.error.part), box, whole);
    if (widest === undefined || looked >= partsMost) return atPoint(rule, equation, found);
    const { low, high } = box.get(widest)!;
    const middle = (low + high) / 2;
    boxes.push(new Map(box).set(widest, { low: middle, high }), new Map(box).set(widest, { low, high: middle }));
  }
  return undefined;
}

/** @returns undefined where nothing is worth halving any more */
function widestOf(symbols: readonly string[], box: Box, whole: Box): string | undefined {
  const part = (symbol: string) => {
    const { low, high } = whole.get(symbol)!;
    return high > low ? (box.get(symbol)!.high - box.get(symbol)!.low) / (high - low) : 0;
  };
  const [widest] = [...symbols].sort((a, b) => part(b) - part(a));
  return widest === undefined || part(widest) <= 2 ** -halvings ? undefined : widest;
}

/** Of a small box a point that shows it, where a round one does: these say more than their neighbours. */
function atPoint(rule: ParsedRule, equation: Equation, found: Found): Found {
  let points: Box[] = [found.box];
  for (const symbol of parametersRead(rule, found.error.part).slice(0, 6)) {
    const exactly = roundValues(found.box.get(symbol)!).map((value) => ({ low: value, high: value }));
    points = points.flatMap((point) => exactly.map((range) => new Map(point).set(symbol, range)));
  }
  for (const point of points) {
    const there = notFinite(rule, equation, point);
    if (there !== undefined) return there;
  }
  return found;
}

/** The ends of a range, and the roundest value between them. */
function roundValues({ low, high }: Range): number[] {
  const middle = low <= 0 && high >= 0 ? 0 : Number(((low + high) / 2).toPrecision(3));
  return middle > low && middle < high ? [low, high, middle] : [low, high];
}

/** Of a part of an equation; those that bound the weight among them where it reads the weight. */
function parametersRead(rule: ParsedRule, part: Equation): string[] {
  const known = new Set(['dt', ...Object.values(rule.declaration.parameters).map(({ symbol }) => symbol)]);
  const read = [...symbolsOf(part)];
  const ofBounds = read.includes('w')
    ? [rule.minimum, rule.maximum].flatMap((bound) => (bound === undefined ? [] : [...symbolsOf(bound)]))
    : [];
  return [...new Set([...read, ...ofBounds])].filter((symbol) => known.has(symbol));
}

function valueWords({ parameters }: ParsedRule['declaration'], symbol: string, { low, high }: Range): string {
  const unit = symbol === 'dt' ? 'ms' : Object.values(parameters).find((each) => each.symbol === symbol)!.unit;
  const value = Number(((low + high) / 2 / scaleOf(unit)).toPrecision(4));
  return `${symbol} = ${value}${unit === '' ? '' : ` ${unit}`}`;
}
