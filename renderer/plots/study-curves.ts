// Columns, ranges and styles of the curves of a study of learning rules; used in the page.
import type { MeanPoint, RuleResult, Spread } from '../../common/rule-study/study-results.ts';
import { controlLabel } from '../../common/rule-study/study.ts';
import { linearTicks } from '../../common/figures/axis-ticks.ts';

/** Mean over seeds, and the mean less and plus its standard error. */
export type Curve = readonly [mean: (number | null)[], low: (number | null)[], high: (number | null)[]];

export interface Curves {
  /** Presentations at which any of the rules was tested, rising. */
  presentations: number[];
  /** One for each rule, in their order; null where a rule has no number. */
  curves: Curve[];
}

/** @param pick what is drawn of a test; undefined: nothing */
export function curvesOf(rules: readonly RuleResult[], pick: (point: MeanPoint) => Spread | undefined): Curves {
  const tested = new Set(rules.flatMap(({ curve }) => curve.map(({ presentations }) => presentations)));
  const presentations = [...tested].sort((a, b) => a - b);
  const curves = rules.map(({ curve }): Curve => {
    const spreads = new Map(curve.map((point) => [point.presentations, pick(point)]));
    const column = (sign: number) =>
      presentations.map((each) => {
        const spread = spreads.get(each);
        if (spread === undefined || spread.mean === null) return null;
        return spread.mean + sign * (spread.standardError ?? 0);
      });
    return [column(0), column(-1), column(1)];
  });
  return { presentations, curves };
}

const numbersIn = (columns: readonly (readonly (number | null)[])[]) =>
  columns.flat().filter((value): value is number => value !== null && Number.isFinite(value));

/** From 0 (or below, for what is) to a tick above all bands. @param least the top is not below this */
export function linearRange(curves: readonly Curve[], least: number): [number, number] {
  const all = numbersIn(curves.flat());
  const top = Math.max(...all);
  const bottom = Math.min(0, ...all);
  if (!(top > least)) return [bottom, least];
  const { step } = linearTicks(bottom, top, 5);
  return [bottom, Math.ceil(top / step - 1e-6) * step];
}

/** For a logarithmic axis: a factor of 1.3 around the means; bands that reach below are cut there. */
export function logarithmicRange(curves: readonly Curve[]): [number, number] {
  const means = numbersIn(curves.map(([mean]) => mean)).filter((value) => value > 0);
  if (means.length === 0) return [0.1, 1];
  return [Math.min(...means) / 1.3, Math.max(...means) * 1.3];
}

/** What a logarithmic axis can show: nothing at or below its bottom but the bottom itself. */
export const raisedTo = (bottom: number, column: readonly (number | null)[]) =>
  column.map((value) => (value === null ? null : Math.max(value, bottom)));

/** Powers of ten with 2 and 5 between them where there is room. */
export function logarithmicTicks(min: number, max: number): number[] {
  const decades = Math.log10(max / min);
  if (decades < 0.7) return linearTicks(min, max, 4).values.filter((value) => value > 0);
  const leads = decades > 3 ? [1] : [1, 2, 5];
  const every = Math.ceil(decades / 6);
  const ticks: number[] = [];
  for (let decade = Math.floor(Math.log10(min)); decade <= Math.ceil(Math.log10(max)); decade++) {
    if (decade % every !== 0) continue;
    ticks.push(...leads.map((lead) => Number(`${lead}e${decade}`)));
  }
  return ticks.filter((value) => value >= min && value <= max);
}

export interface CurveStyle {
  /** Index of a series colour; undefined for the control, which is muted. */
  series: number | undefined;
  /** Lengths of dash and gap, CSS px; empty for a line without gaps. */
  dash: number[];
}

const seriesColours = 6;
const dashes = [[], [7, 4], [2, 3], [9, 3, 2, 3]];

/** A rule keeps its style whichever others are shown: all colours without gaps first, then all of them dashed. */
export function curveStyles(labels: readonly string[]): CurveStyle[] {
  let next = 0;
  return labels.map((label) => {
    if (label === controlLabel) return { series: undefined, dash: [3, 4] };
    const index = next++;
    return { series: index % seriesColours, dash: dashes[Math.floor(index / seriesColours) % dashes.length] ?? [] };
  });
}
