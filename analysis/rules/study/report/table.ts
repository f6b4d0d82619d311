// The table of a study: one row for each rule, as Markdown, CSV and HTML; analysis process.
import { localityWords } from '../../../../common/learning-rule/locality.ts';
import { divergenceWords, type RuleResult, type StudyResults } from '../../../../common/rule-study/study-results.ts';
import { figure, figureOr } from '../figures.ts';
import { escaped } from './svg.ts';
import { withUnit } from './study-figures.ts';

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** @param nanoseconds for each synapse and sample, by label, measured on this machine */
export function ruleTable(
  { rules, score, layers }: StudyResults,
  nanoseconds: Readonly<Record<string, number>>,
): Table {
  const layerNumbers = layers.slice(1).map((_, layer) => layer + 1);
  const header = [
    'Rule',
    'Class',
    withUnit(score),
    '95 % interval',
    'Seeds',
    'Diverged',
    ...layerNumbers.map((layer) => `Angle ${layer} (°)`),
    'Words per synapse',
    'ns per synapse and sample',
    'Published',
  ];
  const rows = rules.map((rule) => [
    rule.label,
    rule.locality,
    figureOr(rule.score.mean, 'none'),
    rule.interval === null ? '' : `${figure(rule.interval[0])} to ${figure(rule.interval[1])}`,
    String(rule.seeds),
    [String(rule.diverged), ...(rule.divergences ?? []).map(divergenceWords)].join('; '),
    ...layerNumbers.map((layer) => lastAngle(rule, layer)),
    String(rule.wordsPerSynapse),
    figureOr(nanoseconds[rule.label] ?? null, ''),
    rule.published.map(({ value, source }) => `${figure(value)} (${source})`).join('; '),
  ]);
  return { header, rows };
}

const lastAngle = ({ curve }: RuleResult, layer: number) =>
  figureOr(curve.at(-1)?.anglesDegrees[layer - 1]?.mean ?? null, '');

export function gateTable({ gates }: StudyResults): Table {
  return {
    header: ['Expected', 'Measured', 'Met', 'From'],
    rows: gates.map(({ words, measured, isMet, gate }) => [
      words,
      figureOr(measured, 'no number'),
      isMet ? 'yes' : 'no',
      gate.source ?? '',
    ]),
  };
}

export function delayTable({ rules, score }: StudyResults): Table {
  return {
    header: ['Rule', 'Delay (ms)', withUnit(score), 'Credit', 'Predicted credit'],
    rows: rules.flatMap(({ label, delays = [] }) =>
      delays.map(({ delayMilliseconds, score: { mean }, credit, predicted }) => [
        label,
        figure(delayMilliseconds, 6),
        figureOr(mean, 'none'),
        figureOr(credit.mean, ''),
        figureOr(predicted, ''),
      ]),
    ),
  };
}

export function sensitivityTable({ rules }: StudyResults): Table {
  return {
    header: ['Rule', 'Parameter', 'Times', 'Value', 'Score', 'Seeds', 'Diverged'],
    rows: rules.flatMap(({ label, sensitivity }) =>
      sensitivity.map(({ parameter, factor, value, score, seeds, diverged }) => [
        label,
        parameter,
        figure(factor),
        figure(value),
        figureOr(score.mean, 'none'),
        String(seeds),
        String(diverged),
      ]),
    ),
  };
}

export function markdownOf({ header, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** RFC 4180. */
export function csvOf({ header, rows }: Table): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [header, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

export function htmlOf({ header, rows }: Table): string {
  const cells = (kind: 'th' | 'td', texts: readonly string[]) =>
    `<tr>${texts.map((text) => `<${kind}>${escaped(text)}</${kind}>`).join('')}</tr>`;
  return `<table><thead>${cells('th', header)}</thead><tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table>`;
}

/** What the classes in a table mean, those that occur. */
export function classWords({ rules }: StudyResults): string {
  const classes = [...new Set(rules.map(({ locality }) => locality))].sort();
  return `A synapse must know: ${classes.map((each) => `${each}, ${localityWords[each]}`).join('; ')}.`;
}
