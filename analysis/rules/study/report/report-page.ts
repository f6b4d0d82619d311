// The report of a study as one page that needs nothing beside it: text, tables and figures; analysis process.
import type { StudyResults } from '../../../../common/rule-study/study-results.ts';
import type { Figure } from './study-figures.ts';
import { escaped } from './svg.ts';
import { classWords, delayTable, gateTable, htmlOf, ruleTable, sensitivityTable } from './table.ts';

const style = `body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #ffffff }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 1rem 0 }
th, td { border-bottom: 1px solid #d5d5d5; padding: 0.25rem 0.6rem; text-align: left; vertical-align: top }
figure { margin: 1.5rem 0 } svg { max-width: 100%; height: auto } figcaption, .note { color: #555555; font-size: 13px }`;

const conditions = ({ layers, presentations, batchSamples, rules, study }: StudyResults) =>
  `Networks of ${layers.join('-')} neurons, ${presentations} presentations of ${batchSamples} samples, ${rules[0]?.seeds ?? 0} seeds; every rule gets the same networks and samples. Hidden layers of the control “readout-only” never change. Version ${study.slice(0, 12)}.`;

export function reportPage(
  results: StudyResults,
  nanoseconds: Readonly<Record<string, number>>,
  figures: readonly Figure[],
): string {
  const byDelay = delayTable(results);
  const hasSensitivity = results.rules.some(({ sensitivity }) => sensitivity.length > 0);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(results.title)}</title><style>${style}</style></head>
<body>
<h1>${escaped(results.title)}</h1>
<p>${escaped(results.description)}</p>
<p>${escaped(conditions(results))}</p>
<h2>Results</h2>
${htmlOf(ruleTable(results, nanoseconds))}
<p class="note">${escaped(classWords(results))} Times were measured on the machine that ran the study; all other numbers are the same on every machine.</p>
${results.gates.length === 0 ? '' : `<h2>Expectations</h2>\n${htmlOf(gateTable(results))}\n`}${figures
    .map(({ svg, caption }) => `<figure>${svg}<figcaption>${escaped(caption)}</figcaption></figure>`)
    .join('\n')}
${byDelay.rows.length === 0 ? '' : `<h2>By delay</h2>\n${htmlOf(byDelay)}\n`}${hasSensitivity ? `<h2>Sensitivity</h2>\n${htmlOf(sensitivityTable(results))}\n` : ''}</body>
</html>
`;
}
