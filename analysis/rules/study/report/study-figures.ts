// The figures of a study: learning curves, angles to the gradient layer by layer, sensitivity to parameters; analysis process.
import type {
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
  return [learningCurves(results), ...angles(results), ...sensitivities(results)];
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
  return layers.slice(1).map((_, layer) =>
    figureOf(
      `angles-layer-${layer + 1}.svg`,
      'Angle between the rule’s change of the weights and the negative gradient, mean over seeds with its standard error; 90° is no better than chance.',
      {
        title: `Angle to the gradient, layer ${layer + 1}`,
        x: { label: 'Presentations of a batch' },
        y: { label: 'Angle (°)', includes: [0, 100] },
        marks: [{ y: 90, label: 'chance' }],
        lines: lines(rules, ({ curve }) =>
          curve.flatMap(({ presentations, anglesDegrees }) => {
            const angle = anglesDegrees[layer];
            return angle === undefined ? [] : point(presentations, angle);
          }),
        ),
      },
    ),
  );
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
