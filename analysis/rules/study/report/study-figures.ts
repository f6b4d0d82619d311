// The figures of a study: learning curves, angles to the gradient layer by layer, sensitivity to parameters; analysis process.
import type {
  DelayResult,
  RuleResult,
  ScoreDeclaration,
  Spread,
  StudyResults,
} from '../../../../common/rule-study/study-results.ts';
import { drawLinePlot, type LinePlot, type PlotLine, type PlotPoint } from './line-plot.ts';
import { lineStyle } from './line-styles.ts';

export interface Figure {
  readonly file: string;
  readonly title: string;
  /** One sentence on what the bands and lines are. */
  readonly caption: string;
  readonly svg: string;
}

export const withUnit = ({ label, unit }: ScoreDeclaration) => (unit === '' ? label : `${label} (${unit})`);

export function figuresOf(results: StudyResults): Figure[] {
  return [learningCurves(results), ...angles(results), ...delays(results), ...sensitivities(results)];
}

const figureOf = (file: string, caption: string, plot: LinePlot): Figure => ({
  file,
  title: plot.title,
  caption,
  svg: `${drawLinePlot(plot)}\n`,
});

const point = (x: number, { mean, standardError }: Spread): PlotPoint[] =>
  mean === null ? [] : [{ x, y: mean, error: standardError ?? 0 }];

/** Rules keep their style in all figures of a study. */
const lines = (rules: readonly RuleResult[], pointsOf: (rule: RuleResult) => readonly PlotPoint[]): PlotLine[] =>
  rules
    .map((rule, index) => ({ label: rule.label, style: lineStyle(index), points: pointsOf(rule) }))
    .filter(({ points }) => points.length > 0);

function learningCurves({ rules, score }: StudyResults): Figure {
  return figureOf('learning-curves.svg', 'Means over seeds; bands are the standard error.', {
    title: 'Learning curves',
    x: { label: 'Presentations of a batch' },
    y: score.better === 'lower' ? { label: withUnit(score), isLogarithmic: true } : { label: withUnit(score) },
    lines: lines(rules, ({ curve }) => curve.flatMap(({ presentations, score: each }) => point(presentations, each))),
  });
}

function angles({ rules, layers }: StudyResults): Figure[] {
  return layers.slice(1).flatMap((_, layer) => {
    const drawn = lines(rules, ({ curve }) =>
      curve.flatMap(({ presentations, anglesDegrees }) => {
        const angle = anglesDegrees[layer];
        return angle === undefined ? [] : point(presentations, angle);
      }),
    );
    // A task may have no gradient to compare with.
    if (drawn.length === 0) return [];
    return figureOf(
      `angles-layer-${layer + 1}.svg`,
      'Angle between the rule’s change of the weights and the negative gradient, mean over seeds with its standard error; 90° is no better than chance.',
      {
        title: `Angle to the gradient, layer ${layer + 1}`,
        x: { label: 'Presentations of a batch' },
        y: { label: 'Angle (°)', includes: [0, 100] },
        marks: [{ y: 90, label: 'chance' }],
        lines: drawn,
      },
    );
  });
}

const delayAxis = { label: 'Delay (ms)' };

function delays({ rules, score }: StudyResults): Figure[] {
  const byDelay = (spreadOf: (delay: DelayResult) => Spread) =>
    lines(rules, ({ delays: all = [] }) => all.flatMap((each) => point(each.delayMilliseconds, spreadOf(each)))).map(
      (line) => ({ ...line, hasMarks: true }),
    );
  const scores = byDelay((delay) => delay.score);
  const credits = byDelay(({ credit }) => credit);
  return [
    ...(scores.length === 0
      ? []
      : [
          figureOf('score-by-delay.svg', 'Score at the end for each delay, mean over seeds with its standard error.', {
            title: 'Score against the delay',
            x: delayAxis,
            y: { label: withUnit(score) },
            lines: scores,
          }),
        ]),
    ...(credits.length === 0
      ? []
      : [
          figureOf(
            'credit-by-delay.svg',
            'Credit of an action in parts of that at the shortest delay, mean over seeds with its standard error; dashed: what the time constant of the rule’s eligibility predicts, exp(−delay / τ).',
            {
              title: 'Credit against the delay',
              x: delayAxis,
              y: { label: 'Credit / that at the shortest delay', includes: [0] },
              lines: [...credits, ...predictions(rules)],
            },
          ),
        ]),
  ];
}

/** One line for each curve that is predicted; rules of the same time constant share it. */
function predictions(rules: readonly RuleResult[]): PlotLine[] {
  const curves = new Map(
    rules.flatMap(({ label, delays: all = [] }) => {
      const points = all.flatMap(({ delayMilliseconds, predicted }) =>
        predicted === null ? [] : [{ x: delayMilliseconds, y: predicted, error: 0 }],
      );
      return points.length === 0 ? [] : [[JSON.stringify(points), { label, points }] as const];
    }),
  );
  return [...curves.values()].map(({ label, points }) => ({
    label: `predicted of ${label}`,
    style: { colour: '#777777', dashes: '5 3' },
    points,
  }));
}

function sensitivities({ rules, score }: StudyResults): Figure[] {
  const parameters = [...new Set(rules.flatMap(({ sensitivity }) => sensitivity.map(({ parameter }) => parameter)))];
  return parameters.map((parameter) =>
    figureOf(
      `sensitivity-${parameter}.svg`,
      'Score at the end, mean over seeds with its standard error, against the parameter as a multiple of the study’s own value.',
      {
        title: `Sensitivity to ${parameter}`,
        x: { label: `${parameter} / its value in the study`, isLogarithmic: true },
        y: score.better === 'lower' ? { label: withUnit(score), isLogarithmic: true } : { label: withUnit(score) },
        lines: lines(rules, ({ sensitivity, score: own }) => {
          const settled = sensitivity.filter((each) => each.parameter === parameter);
          if (settled.length === 0) return [];
          return [...settled.flatMap((each) => point(each.factor, each.score)), ...point(1, own)].sort(
            (a, b) => a.x - b.x,
          );
        }).map((line) => ({ ...line, hasMarks: true })),
      },
    ),
  );
}
